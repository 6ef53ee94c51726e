/**
 * @file lending.h
 * The connection, lent by the I/O thread while it sleeps.
 */
#ifndef LIBZOOKEEPER_PORT_LENDING_H
#define LIBZOOKEEPER_PORT_LENDING_H

#include <pthread.h>

#include "lock.h"

namespace libzookeeper {
namespace port {

/**
 * A thread that makes a request while nothing else is in flight sends it itself, since to wake the I/O thread for that takes
 * longer than the sending. All that the I/O thread uses alone, the stream, the frames and what the C client notes of its
 * socket, is lent for it as a whole: for as long as the I/O thread sleeps in the system's poll, and it does not go on before
 * it has everything back.
 */
class Lending {
 public:
  Lending() { pthread_mutex_init(&mutex_, nullptr); }
  ~Lending() { pthread_mutex_destroy(&mutex_); }
  Lending(const Lending&) = delete;
  Lending& operator=(const Lending&) = delete;

  /** The I/O thread, right before it sleeps: whoever wants to may send. */
  void Lend() { Set(true); }

  /** The I/O thread, when it is awake again. Waits for whoever is sending, which never blocks. */
  void TakeBack() { Set(false); }

  /**
   * Calls `use()`, as if on the I/O thread, if the connection is lent. Any thread.
   * @return what `use()` returns; false when the connection is not to be had
   */
  template <typename Use>
  bool Borrow(Use use) {
    const Lock lock(&mutex_);
    return is_lent_ && use();
  }

 private:
  void Set(bool is_lent) {
    const Lock lock(&mutex_);
    is_lent_ = is_lent;
  }

  pthread_mutex_t mutex_;
  bool is_lent_ = false;  // guarded by mutex_
};

}  // namespace port
}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_PORT_LENDING_H
