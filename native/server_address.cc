#include "server_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <zookeeper.h>

namespace libzookeeper {

ServerAddress::ServerAddress(const port::Socket& socket, int state) {
  if (state != ZOO_CONNECTED_STATE && state != ZOO_READONLY_STATE) return;
  port::Endpoint server;
  if (!socket.IsOpen(&server)) return;

  char host[INET6_ADDRSTRLEN] = {};
  int written = 0;
  if (server.family == AF_INET6) {
    const auto& in6 = reinterpret_cast<const struct sockaddr_in6&>(server.storage);
    inet_ntop(AF_INET6, &in6.sin6_addr, host, sizeof host);
    written = snprintf(text_, sizeof text_, "[%s]:%d", host, ntohs(in6.sin6_port));
  } else if (server.family == AF_INET) {
    const auto& in = reinterpret_cast<const struct sockaddr_in&>(server.storage);
    inet_ntop(AF_INET, &in.sin_addr, host, sizeof host);
    written = snprintf(text_, sizeof text_, "%s:%d", host, ntohs(in.sin_port));
  }
  length_ = written > 0 ? static_cast<size_t>(written) : 0;
}

}  // namespace libzookeeper
