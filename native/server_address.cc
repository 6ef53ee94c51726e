#include "server_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>

namespace libzookeeper {

ServerAddress::ServerAddress(zhandle_t* zhandle, int state) {
  if (state != ZOO_CONNECTED_STATE) return;
  struct sockaddr_storage address {};
  socklen_t size = sizeof address;
  if (zookeeper_get_connected_host(zhandle, reinterpret_cast<struct sockaddr*>(&address), &size) ==
      nullptr)
    return;

  char host[INET6_ADDRSTRLEN] = {};
  int written = 0;
  if (address.ss_family == AF_INET6) {
    const auto& in6 = reinterpret_cast<const struct sockaddr_in6&>(address);
    inet_ntop(AF_INET6, &in6.sin6_addr, host, sizeof host);
    written = snprintf(text_, sizeof text_, "[%s]:%d", host, ntohs(in6.sin6_port));
  } else if (address.ss_family == AF_INET) {
    const auto& in = reinterpret_cast<const struct sockaddr_in&>(address);
    inet_ntop(AF_INET, &in.sin_addr, host, sizeof host);
    written = snprintf(text_, sizeof text_, "%s:%d", host, ntohs(in.sin_port));
  }
  length_ = written > 0 ? static_cast<size_t>(written) : 0;
}

}  // namespace libzookeeper
