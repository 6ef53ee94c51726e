/**
 * @file socket.h
 * The current socket, which other threads than its user may shut down, and never close.
 */
#ifndef LIBZOOKEEPER_PORT_SOCKET_H
#define LIBZOOKEEPER_PORT_SOCKET_H

#include <pthread.h>

#include "endpoint.h"

namespace libzookeeper {
namespace port {

/**
 * The number of a closed descriptor is soon another file's, and what was meant for a server would be written into that. So
 * whoever wants the connection to end only shuts it down, which its user notices at once, as it would notice that the server
 * had hung up; and the user closes it, fails what was in flight, and connects anew.
 *
 * Its user is the I/O thread; and the handle's own, once that one was joined.
 */
class Socket {
 public:
  Socket();
  ~Socket();
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;

  /** The calling thread uses this socket from now on, which is to be connected to that server. */
  void Open(int descriptor, const Endpoint& server);

  /** As close(2), for any descriptor. User. */
  int Close(int descriptor);

  /** Whether there is one. Any thread. @param server where it is connected to, or is to be */
  bool IsOpen(Endpoint* server = nullptr) const;

  /** Has the connection end, if there is one. Any thread. */
  void Shut();

  /** Waits until the socket of this moment is closed, or so long. Not for the user. */
  void AwaitClosed(int timeout_ms) const;

 private:
  mutable pthread_mutex_t mutex_;
  mutable pthread_cond_t closed_;
  int descriptor_ = -1;
  unsigned opened_ = 0;
  Endpoint server_;
};

}  // namespace port
}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_PORT_SOCKET_H
