/**
 * @file lock.h
 * A mutex of the system's, held by a scope.
 */
#ifndef LIBZOOKEEPER_PORT_LOCK_H
#define LIBZOOKEEPER_PORT_LOCK_H

#include <pthread.h>

namespace libzookeeper {
namespace port {

/** Holds a mutex for as long as the scope lasts. std::lock_guard, for one that a condition goes with. */
class Lock {
 public:
  explicit Lock(pthread_mutex_t* mutex) : mutex_(mutex) { pthread_mutex_lock(mutex_); }
  ~Lock() { pthread_mutex_unlock(mutex_); }
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;

 private:
  pthread_mutex_t* const mutex_;
};

}  // namespace port
}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_PORT_LOCK_H
