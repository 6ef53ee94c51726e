/**
 * @file winsock.h
 * Takes the names of POSIX back: for the files that implement them, and mean Winsock's by them.
 */
#ifndef LIBZOOKEEPER_PORT_WINDOWS_WINSOCK_H
#define LIBZOOKEEPER_PORT_WINDOWS_WINSOCK_H

#include "posix.h"

#undef close
#undef connect
#undef fcntl
#undef getaddrinfo
#undef getpeername
#undef getsockopt
#undef pipe
#undef poll
#undef read
#undef recv
#undef send
#undef setsockopt
#undef shutdown
#undef socket
#undef write

#endif  // LIBZOOKEEPER_PORT_WINDOWS_WINSOCK_H
