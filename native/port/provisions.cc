#include "provisions.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <utility>

#include "lock.h"

namespace libzookeeper {
namespace port {

namespace {

/** The C client's I/O thread and its completion thread. */
constexpr int kThreads = 2;

/** Whether a socket can be had, as an errno. */
int TrySocket() {
  const int descriptor = socket(AF_INET, SOCK_STREAM, 0);
  if (descriptor >= 0) {
    close(descriptor);
    return 0;
  }
  // A machine without IPv4 is none of our business here.
  return errno == EMFILE || errno == ENFILE ? errno : 0;
}

}  // namespace

int OpenPipe(int ends[2]) {
#ifdef __linux__
  return pipe2(ends, O_CLOEXEC);
#else
  const int rc = pipe(ends);
  if (rc == 0) {
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
  }
  return rc;
#endif
}

/** A thread that waits for what it has to run. */
struct Provisions::Thread {
  pthread_t id{};
  pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
  pthread_cond_t told = PTHREAD_COND_INITIALIZER;
  bool is_told = false;             // guarded by mutex
  void* (*start)(void*) = nullptr;  // guarded by mutex; null for nothing
  void* argument = nullptr;         // guarded by mutex

  ~Thread() {
    pthread_cond_destroy(&told);
    pthread_mutex_destroy(&mutex);
  }

  void Tell(void* (*what)(void*), void* with) {
    const Lock lock(&mutex);
    start = what;
    argument = with;
    is_told = true;
    pthread_cond_broadcast(&told);
  }

  static void* Run(void* raw) {
    std::unique_ptr<std::shared_ptr<Thread>> shared(static_cast<std::shared_ptr<Thread>*>(raw));
    void* (*what)(void*) = nullptr;
    void* with = nullptr;
    {
      Thread* self = shared->get();
      const Lock lock(&self->mutex);
      while (!self->is_told) pthread_cond_wait(&self->told, &self->mutex);
      what = self->start;
      with = self->argument;
    }
    shared.reset();
    return what == nullptr ? nullptr : what(with);
  }
};

int Provisions::Obtain() {
  int error = OpenPipe(ends_) == 0 ? 0 : errno;
  if (error == 0) error = TrySocket();
  for (int i = 0; i < kThreads && error == 0; ++i) error = GetThread();
  if (error != 0) Release();
  return error;
}

bool Provisions::TakePipe(int ends[2]) {
  if (ends_[0] < 0) return false;
  ends[0] = std::exchange(ends_[0], -1);
  ends[1] = std::exchange(ends_[1], -1);
  return true;
}

bool Provisions::TakeThread(pthread_t* thread, void* (*start)(void*), void* argument) {
  if (threads_.empty()) return false;
  const std::shared_ptr<Thread> taken = std::move(threads_.back());
  threads_.pop_back();
  *thread = taken->id;
  taken->Tell(start, argument);
  return true;
}

void Provisions::Release() {
  int ends[2];
  if (TakePipe(ends)) {
    close(ends[0]);
    close(ends[1]);
  }
  for (const std::shared_ptr<Thread>& thread : threads_) {
    thread->Tell(nullptr, nullptr);
    pthread_join(thread->id, nullptr);
  }
  threads_.clear();
}

int Provisions::GetThread() {
  auto thread = std::make_shared<Thread>();
  auto shared = std::make_unique<std::shared_ptr<Thread>>(thread);
  const int rc = pthread_create(&thread->id, nullptr, Thread::Run, shared.get());
  if (rc != 0) return rc;
  // The new thread owns its share.
  static_cast<void>(shared.release());
  threads_.push_back(std::move(thread));
  return 0;
}

}  // namespace port
}  // namespace libzookeeper
