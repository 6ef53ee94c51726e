#include "errors.h"

#include "winsock.h"

namespace libzookeeper {
namespace port {
namespace windows {

int ToErrno(int code) {
  switch (code) {
    case WSAEWOULDBLOCK:
      // The C client asks for this name only.
      return EAGAIN;
    case WSAEINTR:
      return EINTR;
    case WSAEBADF:
    case WSAENOTSOCK:
      return EBADF;
    case WSAEACCES:
      return EACCES;
    case WSAEFAULT:
      return EFAULT;
    case WSAEINVAL:
      return EINVAL;
    case WSAEMFILE:
      return EMFILE;
    case WSAEINPROGRESS:
    case WSAEALREADY:
      return EALREADY;
    case WSAEISCONN:
      return EISCONN;
    case WSAENOTCONN:
      return ENOTCONN;
    case WSAEADDRINUSE:
      return EADDRINUSE;
    case WSAEADDRNOTAVAIL:
      return EADDRNOTAVAIL;
    case WSAEAFNOSUPPORT:
    case WSAEPFNOSUPPORT:
      return EAFNOSUPPORT;
    case WSAENETDOWN:
      return ENETDOWN;
    case WSAENETUNREACH:
      return ENETUNREACH;
    case WSAENETRESET:
      return ENETRESET;
    case WSAEHOSTDOWN:
    case WSAEHOSTUNREACH:
      return EHOSTUNREACH;
    case WSAECONNABORTED:
      return ECONNABORTED;
    case WSAECONNRESET:
    case WSAEDISCON:
      return ECONNRESET;
    case WSAECONNREFUSED:
      return ECONNREFUSED;
    case WSAETIMEDOUT:
      return ETIMEDOUT;
    case WSAESHUTDOWN:
      return EPIPE;
    case WSAENOBUFS:
    case WSA_NOT_ENOUGH_MEMORY:
      return ENOBUFS;
    default:
      return EIO;
  }
}

int FailWithLastError() {
  errno = ToErrno(WSAGetLastError());
  return -1;
}

}  // namespace windows
}  // namespace port
}  // namespace libzookeeper
