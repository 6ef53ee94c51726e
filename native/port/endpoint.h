/**
 * @file endpoint.h
 * The address and port of a server.
 */
#ifndef LIBZOOKEEPER_PORT_ENDPOINT_H
#define LIBZOOKEEPER_PORT_ENDPOINT_H

#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

namespace libzookeeper {
namespace port {

/** What getaddrinfo says of one address. */
struct Endpoint {
  int family = AF_UNSPEC;
  int socktype = SOCK_STREAM;
  int protocol = 0;
  socklen_t length = 0;
  struct sockaddr_storage storage {};

  const struct sockaddr* get() const { return reinterpret_cast<const struct sockaddr*>(&storage); }
};

/** Whether they are the same, ports included: the C client's own comparison leaves them out. */
inline bool operator==(const Endpoint& one, const Endpoint& other) {
  if (one.family != other.family) return false;
  if (one.family == AF_INET) {
    const auto& a = reinterpret_cast<const struct sockaddr_in&>(one.storage);
    const auto& b = reinterpret_cast<const struct sockaddr_in&>(other.storage);
    return a.sin_port == b.sin_port && a.sin_addr.s_addr == b.sin_addr.s_addr;
  }
  const auto& a = reinterpret_cast<const struct sockaddr_in6&>(one.storage);
  const auto& b = reinterpret_cast<const struct sockaddr_in6&>(other.storage);
  return a.sin6_port == b.sin6_port && a.sin6_scope_id == b.sin6_scope_id &&
         memcmp(&a.sin6_addr, &b.sin6_addr, sizeof a.sin6_addr) == 0;
}

}  // namespace port
}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_PORT_ENDPOINT_H
