/**
 * @file interruption.h
 * Ends the I/O thread's wait for a server that does not answer its handshake.
 */
#ifndef LIBZOOKEEPER_PORT_INTERRUPTION_H
#define LIBZOOKEEPER_PORT_INTERRUPTION_H

#include <pthread.h>

namespace libzookeeper {
namespace port {

/**
 * During a TLS handshake the I/O thread waits for its socket alone, so that nothing else would wake it, and a close would
 * have to wait for the handshake's end (trap 2). The thread that closes shuts the socket down instead.
 */
class Interruption {
 public:
  Interruption();
  ~Interruption();
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;

  /** Whether Request() was called. Any thread. */
  bool IsRequested();

  /** Shuts down the socket that is waited for, and every one that will be. Any thread. */
  void Request();

  /** Sleeps so long, or until Request(). */
  void Sleep(int milliseconds);

  /** As long as it lasts, its thread waits for that socket. */
  class Wait {
   public:
    Wait(Interruption* interruption, int descriptor);
    ~Wait();
    Wait(const Wait&) = delete;
    Wait& operator=(const Wait&) = delete;

   private:
    Interruption* const interruption_;
  };

 private:
  void Set(int descriptor);

  pthread_mutex_t mutex_ = PTHREAD_MUTEX_INITIALIZER;
  pthread_cond_t requested_condition_;
  int descriptor_ = -1;
  bool requested_ = false;
};

}  // namespace port
}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_PORT_INTERRUPTION_H
