/**
 * @file deadline.h
 * A moment in the future, as pthread_cond_timedwait wants it.
 */
#ifndef LIBZOOKEEPER_DEADLINE_H
#define LIBZOOKEEPER_DEADLINE_H

#include <pthread.h>
#include <time.h>

namespace libzookeeper {

/**
 * Condition variables that measure time by a clock which nobody sets. Not std::condition_variable, which would raise the
 * version of libstdc++ that the addon needs.
 */
class Deadline {
 public:
  /** Makes `condition` one that WaitUntil() can be used with. */
  static void Prepare(pthread_cond_t* condition);

  /** The moment `milliseconds` from now. */
  explicit Deadline(int milliseconds);

  /** Waits for `condition`, with `mutex` held. @return false when the moment has come. */
  bool Wait(pthread_cond_t* condition, pthread_mutex_t* mutex) const;

 private:
  struct timespec moment_;
};

}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_DEADLINE_H
