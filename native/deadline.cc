#include "deadline.h"

namespace libzookeeper {

namespace {
// macOS has no pthread_condattr_setclock: there the wait follows the time of day.
#ifdef __APPLE__
constexpr clockid_t kClock = CLOCK_REALTIME;
#else
constexpr clockid_t kClock = CLOCK_MONOTONIC;
#endif
}  // namespace

void Deadline::Prepare(pthread_cond_t* condition) {
  pthread_condattr_t attributes;
  pthread_condattr_init(&attributes);
#ifndef __APPLE__
  pthread_condattr_setclock(&attributes, kClock);
#endif
  pthread_cond_init(condition, &attributes);
  pthread_condattr_destroy(&attributes);
}

Deadline::Deadline(int milliseconds) {
  clock_gettime(kClock, &moment_);
  moment_.tv_sec += milliseconds / 1000;
  moment_.tv_nsec += static_cast<long>(milliseconds % 1000) * 1000000;
  if (moment_.tv_nsec >= 1000000000) {
    moment_.tv_sec += 1;
    moment_.tv_nsec -= 1000000000;
  }
}

bool Deadline::Wait(pthread_cond_t* condition, pthread_mutex_t* mutex) const {
  return pthread_cond_timedwait(condition, mutex, &moment_) == 0;
}

}  // namespace libzookeeper
