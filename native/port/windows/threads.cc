/**
 * @file threads.cc
 * POSIX's threads, mutexes and conditions, over Windows' own.
 */
#include <map>
#include <memory>
#include <mutex>
#include <utility>

#include "posix.h"

namespace {

/** What a thread runs, and what it returned. */
struct Work {
  void* (*start)(void*);
  void* argument;
  void* result;
};

/** A thread that somebody is still to join or to detach. As long as its handle is open, no other thread has its number. */
struct Joinable {
  HANDLE handle;
  std::shared_ptr<Work> work;
};

struct Threads {
  std::mutex mutex;
  std::map<pthread_t, Joinable> joinable;

  static Threads& Instance() {
    // Never destroyed: threads may outlive the statics.
    static Threads* const instance = new Threads();
    return *instance;
  }

  /** Takes it out. @return false when there is no such thread */
  bool Take(pthread_t thread, Joinable* taken) {
    const std::lock_guard<std::mutex> lock(mutex);
    const auto found = joinable.find(thread);
    if (found == joinable.end()) return false;
    *taken = std::move(found->second);
    joinable.erase(found);
    return true;
  }
};

unsigned __stdcall Run(void* raw) {
  const std::unique_ptr<std::shared_ptr<Work>> work(static_cast<std::shared_ptr<Work>*>(raw));
  (*work)->result = (*work)->start((*work)->argument);
  return 0;
}

/** Milliseconds until that moment of that clock; 0 when it has passed. Rounded up, so that nobody wakes too early. */
DWORD MillisecondsUntil(const struct timespec& moment, int clock) {
  struct timespec now;
  libzookeeper_windows_clock_gettime(clock, &now);
  const int64_t left_ns = (static_cast<int64_t>(moment.tv_sec) - now.tv_sec) * 1000000000 +
                          (moment.tv_nsec - now.tv_nsec);
  if (left_ns <= 0) return 0;
  const int64_t left_ms = (left_ns + 999999) / 1000000;
  return left_ms < INFINITE - 1 ? static_cast<DWORD>(left_ms) : INFINITE - 1;
}

int Sleep(pthread_cond_t* condition, pthread_mutex_t* mutex, DWORD milliseconds) {
  // Held once: nobody waits with a recursive mutex that is held more often.
  const unsigned depth = mutex->depth;
  mutex->depth = 0;
  InterlockedExchange(&mutex->owner, 0);
  const BOOL woken = SleepConditionVariableSRW(&condition->variable, &mutex->lock, milliseconds, 0);
  if (mutex->type == PTHREAD_MUTEX_RECURSIVE) {
    InterlockedExchange(&mutex->owner, static_cast<LONG>(GetCurrentThreadId()));
    mutex->depth = depth;
  }
  return woken ? 0 : ETIMEDOUT;
}

}  // namespace

extern "C" {

int libzookeeper_windows_pthread_create(pthread_t* thread, const pthread_attr_t* attributes,
                                        void* (*start)(void*), void* argument) {
  const bool is_detached = attributes != nullptr && attributes->is_detached != 0;
  const size_t stack_size = attributes == nullptr ? 0 : attributes->stack_size;
  const auto work = std::make_shared<Work>(Work{start, argument, nullptr});
  auto owned = std::make_unique<std::shared_ptr<Work>>(work);
  unsigned number = 0;
  Threads& threads = Threads::Instance();
  // The new thread may ask for itself at once.
  const std::lock_guard<std::mutex> lock(threads.mutex);
  const auto handle = reinterpret_cast<HANDLE>(
      _beginthreadex(nullptr, static_cast<unsigned>(stack_size), Run, owned.get(),
                     STACK_SIZE_PARAM_IS_A_RESERVATION, &number));
  if (handle == nullptr) return EAGAIN;
  // The new thread owns it.
  static_cast<void>(owned.release());
  *thread = number;
  if (is_detached) {
    CloseHandle(handle);
  } else {
    threads.joinable[number] = Joinable{handle, work};
  }
  return 0;
}

int libzookeeper_windows_pthread_join(pthread_t thread, void** result) {
  Joinable joined{};
  if (!Threads::Instance().Take(thread, &joined)) return ESRCH;
  WaitForSingleObject(joined.handle, INFINITE);
  CloseHandle(joined.handle);
  if (result != nullptr) *result = joined.work->result;
  return 0;
}

int pthread_detach(pthread_t thread) {
  Joinable detached{};
  if (!Threads::Instance().Take(thread, &detached)) return ESRCH;
  CloseHandle(detached.handle);
  return 0;
}

pthread_t pthread_self(void) { return GetCurrentThreadId(); }

int pthread_equal(pthread_t one, pthread_t other) { return one == other; }

int pthread_attr_init(pthread_attr_t* attributes) {
  *attributes = pthread_attr_t{};
  return 0;
}

int pthread_attr_destroy(pthread_attr_t*) { return 0; }

int pthread_attr_setstacksize(pthread_attr_t* attributes, size_t size) {
  attributes->stack_size = size;
  return 0;
}

int pthread_attr_setdetachstate(pthread_attr_t* attributes, int state) {
  attributes->is_detached = state == PTHREAD_CREATE_DETACHED;
  return 0;
}

int pthread_mutexattr_init(pthread_mutexattr_t* attributes) {
  attributes->type = PTHREAD_MUTEX_NORMAL;
  return 0;
}

int pthread_mutexattr_destroy(pthread_mutexattr_t*) { return 0; }

int pthread_mutexattr_settype(pthread_mutexattr_t* attributes, int type) {
  attributes->type = type;
  return 0;
}

int pthread_mutex_init(pthread_mutex_t* mutex, const pthread_mutexattr_t* attributes) {
  InitializeSRWLock(&mutex->lock);
  mutex->type = attributes == nullptr ? PTHREAD_MUTEX_NORMAL : attributes->type;
  mutex->depth = 0;
  mutex->owner = 0;
  return 0;
}

int pthread_mutex_destroy(pthread_mutex_t*) { return 0; }

int pthread_mutex_lock(pthread_mutex_t* mutex) {
  if (mutex->type != PTHREAD_MUTEX_RECURSIVE) {
    AcquireSRWLockExclusive(&mutex->lock);
    return 0;
  }
  const auto self = static_cast<LONG>(GetCurrentThreadId());
  // Only this very thread can have put its own number there.
  if (InterlockedCompareExchange(&mutex->owner, 0, 0) != self) {
    AcquireSRWLockExclusive(&mutex->lock);
    InterlockedExchange(&mutex->owner, self);
  }
  ++mutex->depth;
  return 0;
}

int pthread_mutex_unlock(pthread_mutex_t* mutex) {
  if (mutex->type == PTHREAD_MUTEX_RECURSIVE) {
    if (--mutex->depth > 0) return 0;
    InterlockedExchange(&mutex->owner, 0);
  }
  ReleaseSRWLockExclusive(&mutex->lock);
  return 0;
}

int pthread_condattr_init(pthread_condattr_t* attributes) {
  attributes->clock = CLOCK_REALTIME;
  return 0;
}

int pthread_condattr_destroy(pthread_condattr_t*) { return 0; }

int pthread_condattr_setclock(pthread_condattr_t* attributes, int clock) {
  attributes->clock = clock;
  return 0;
}

int pthread_cond_init(pthread_cond_t* condition, const pthread_condattr_t* attributes) {
  InitializeConditionVariable(&condition->variable);
  condition->clock = attributes == nullptr ? CLOCK_REALTIME : attributes->clock;
  return 0;
}

int pthread_cond_destroy(pthread_cond_t*) { return 0; }

int pthread_cond_broadcast(pthread_cond_t* condition) {
  WakeAllConditionVariable(&condition->variable);
  return 0;
}

int pthread_cond_wait(pthread_cond_t* condition, pthread_mutex_t* mutex) {
  return Sleep(condition, mutex, INFINITE);
}

int pthread_cond_timedwait(pthread_cond_t* condition, pthread_mutex_t* mutex,
                           const struct timespec* moment) {
  return Sleep(condition, mutex, MillisecondsUntil(*moment, condition->clock));
}

int pthread_key_create(pthread_key_t* key, void (*destructor)(void*)) {
  // On both its processors that we build for there is one calling convention only.
  *key = FlsAlloc(reinterpret_cast<PFLS_CALLBACK_FUNCTION>(destructor));
  return *key == FLS_OUT_OF_INDEXES ? EAGAIN : 0;
}

int pthread_setspecific(pthread_key_t key, const void* value) {
  return FlsSetValue(key, const_cast<void*>(value)) ? 0 : EINVAL;
}

void* pthread_getspecific(pthread_key_t key) { return FlsGetValue(key); }

}  // extern "C"
