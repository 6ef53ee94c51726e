/**
 * @file socket.h
 * The descriptor of the current socket, which only the thread that uses it may close.
 */
#ifndef LIBZOOKEEPER_PORT_SOCKET_H
#define LIBZOOKEEPER_PORT_SOCKET_H

#include <pthread.h>

namespace libzookeeper {
namespace port {

/**
 * zoo_set_servers closes the socket on its caller's thread while the I/O thread may be about to use it. The number of a
 * closed descriptor is soon another file's, and what was meant for a server would be written into that. So a thread that is
 * not the socket's user only shuts it down, which the user notices at once, and the user closes it.
 */
class Socket {
 public:
  ~Socket();

  /**
   * The calling thread uses this socket from now on. What another thread closed before is closed now.
   * @return false when there is a current socket: the probe for a server that is not read-only has one of its own.
   */
  bool Open(int descriptor);

  /** As close(2), for any descriptor, from any thread. */
  int Close(int descriptor);

  /** The I/O thread was joined: its socket may be closed by the calling thread. */
  void Inherit();

 private:
  pthread_mutex_t mutex_ = PTHREAD_MUTEX_INITIALIZER;
  pthread_t user_{};
  int descriptor_ = -1;
  bool shut_ = false;
};

}  // namespace port
}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_PORT_SOCKET_H
