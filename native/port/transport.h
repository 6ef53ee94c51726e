/**
 * @file transport.h
 * What a Stream's bytes travel by, where that is not the socket itself.
 */
#ifndef LIBZOOKEEPER_PORT_TRANSPORT_H
#define LIBZOOKEEPER_PORT_TRANSPORT_H

#include <stddef.h>
#include <sys/types.h>

namespace libzookeeper {
namespace port {

/** A layer over a connected socket, such as TLS. Used by the thread that uses the Stream. Nothing here blocks. */
class Transport {
 public:
  virtual ~Transport() = default;

  /** As send(2) on a socket that does not block: EAGAIN for "not now". */
  virtual ssize_t Send(const void* bytes, size_t length) = 0;

  /** As recv(2) on a socket that does not block: EAGAIN for "nothing yet", 0 for the end. */
  virtual ssize_t Receive(void* bytes, size_t length) = 0;

  /** Whether Receive() has something that the socket was already read for, so that poll(2) would not tell. */
  virtual bool HasPending() const = 0;
};

}  // namespace port
}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_PORT_TRANSPORT_H
