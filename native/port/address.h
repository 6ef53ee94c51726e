/**
 * @file address.h
 * The address of a socket's other end.
 */
#ifndef LIBZOOKEEPER_PORT_ADDRESS_H
#define LIBZOOKEEPER_PORT_ADDRESS_H

#include <sys/socket.h>

#include <string>

namespace libzookeeper {
namespace port {

/** `127.0.0.1:2181` or `[::1]:2181`; empty for what is no internet address. */
std::string ToText(const struct sockaddr_storage& address);

/** Whether host and port are the same. */
bool IsSame(const struct sockaddr_storage& one, const struct sockaddr_storage& other);

}  // namespace port
}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_PORT_ADDRESS_H
