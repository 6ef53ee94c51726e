/**
 * @file server_address.h
 * The address of the server that a handle is connected to, as text.
 */
#ifndef LIBZOOKEEPER_SERVER_ADDRESS_H
#define LIBZOOKEEPER_SERVER_ADDRESS_H

#include <stddef.h>

#include "port/socket.h"

namespace libzookeeper {

/**
 * `127.0.0.1:2181` or `[::1]:2181`; empty while the handle is not connected. Not from zoo_get_current_server, which has one
 * buffer for the whole process, and may wait for a resolution (trap 17); nor from zookeeper_get_connected_host, which knows
 * of no server in read-only mode. To be made where completions are called.
 */
class ServerAddress {
 public:
  /** @param state what the session event says; the handle's own may be ahead of it. */
  ServerAddress(const port::Socket& socket, int state);

  const char* text() const { return text_; }
  size_t length() const { return length_; }

 private:
  char text_[64] = {};
  size_t length_ = 0;
};

}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_SERVER_ADDRESS_H
