#include "address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

namespace libzookeeper {
namespace port {

namespace {

const struct sockaddr_in& AsInet(const struct sockaddr_storage& address) {
  return reinterpret_cast<const struct sockaddr_in&>(address);
}

const struct sockaddr_in6& AsInet6(const struct sockaddr_storage& address) {
  return reinterpret_cast<const struct sockaddr_in6&>(address);
}

}  // namespace

std::string ToText(const struct sockaddr_storage& address) {
  char host[INET6_ADDRSTRLEN] = {};
  if (address.ss_family == AF_INET) {
    inet_ntop(AF_INET, &AsInet(address).sin_addr, host, sizeof host);
    return std::string(host) + ':' + std::to_string(ntohs(AsInet(address).sin_port));
  }
  if (address.ss_family == AF_INET6) {
    inet_ntop(AF_INET6, &AsInet6(address).sin6_addr, host, sizeof host);
    return '[' + std::string(host) + "]:" + std::to_string(ntohs(AsInet6(address).sin6_port));
  }
  return std::string();
}

bool IsSame(const struct sockaddr_storage& one, const struct sockaddr_storage& other) {
  if (one.ss_family != other.ss_family) return false;
  if (one.ss_family == AF_INET) {
    return AsInet(one).sin_port == AsInet(other).sin_port &&
           AsInet(one).sin_addr.s_addr == AsInet(other).sin_addr.s_addr;
  }
  return one.ss_family == AF_INET6 && AsInet6(one).sin6_port == AsInet6(other).sin6_port &&
         memcmp(&AsInet6(one).sin6_addr, &AsInet6(other).sin6_addr, sizeof(struct in6_addr)) == 0;
}

}  // namespace port
}  // namespace libzookeeper
