/**
 * @file sockets.cc
 * POSIX's calls for sockets, over Winsock. A SOCKET is a handle of the system's, of which no more than 32 bits are in use, so
 * that it goes into an int, as it does in OpenSSL.
 */
#include <algorithm>
#include <mutex>

#include "errors.h"
#include "shut_sockets.h"
#include "winsock.h"

namespace windows = libzookeeper::port::windows;

namespace {

SOCKET ToSocket(int descriptor) { return static_cast<SOCKET>(static_cast<intptr_t>(descriptor)); }

int Bounded(size_t length) { return static_cast<int>(std::min<size_t>(length, INT_MAX)); }

/** Node.js has started it for itself; whoever starts it once more does no harm. For the life of the process. */
void StartWinsock() {
  static std::once_flag started;
  std::call_once(started, [] {
    WSADATA data;
    WSAStartup(MAKEWORD(2, 2), &data);
  });
}

/** A socket that is the first half of a pair, which listens for the second one alone. */
class Listener {
 public:
  Listener() : socket_(libzookeeper_windows_socket(AF_INET, SOCK_STREAM, 0)) {
    address_.sin_family = AF_INET;
    address_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    // Nobody else may listen at the same port.
    const int on = 1;
    int length = sizeof address_;
    ready_ = socket_ >= 0 &&
             libzookeeper_windows_setsockopt(socket_, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, &on,
                                             sizeof on) == 0 &&
             bind(ToSocket(socket_), address(), length) == 0 &&
             getsockname(ToSocket(socket_), address(), &length) == 0 &&
             listen(ToSocket(socket_), 1) == 0;
  }
  ~Listener() {
    if (socket_ >= 0) libzookeeper_windows_close(socket_);
  }
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  bool ready() const { return ready_; }
  struct sockaddr* address() { return reinterpret_cast<struct sockaddr*>(&address_); }

  /** Waits for the connection that `client` has made; any other that may get in first is closed. */
  int AcceptFrom(int client) {
    struct sockaddr_in own {};
    int own_length = sizeof own;
    if (getsockname(ToSocket(client), reinterpret_cast<struct sockaddr*>(&own), &own_length) != 0)
      return -1;
    for (;;) {
      struct sockaddr_in peer {};
      int length = sizeof peer;
      const SOCKET accepted =
          accept(ToSocket(socket_), reinterpret_cast<struct sockaddr*>(&peer), &length);
      if (accepted == INVALID_SOCKET) return -1;
      if (peer.sin_port == own.sin_port && peer.sin_addr.s_addr == own.sin_addr.s_addr) {
        SetHandleInformation(reinterpret_cast<HANDLE>(accepted), HANDLE_FLAG_INHERIT, 0);
        return static_cast<int>(accepted);
      }
      closesocket(accepted);
    }
  }

 private:
  const int socket_;
  struct sockaddr_in address_ {};
  bool ready_ = false;
};

}  // namespace

extern "C" {

int libzookeeper_windows_pipe(int ends[2]) {
  Listener listener;
  if (!listener.ready()) return windows::FailWithLastError();
  const int writer = libzookeeper_windows_socket(AF_INET, SOCK_STREAM, 0);
  if (writer < 0) return -1;
  int reader = -1;
  if (connect(ToSocket(writer), listener.address(), sizeof(struct sockaddr_in)) == 0)
    reader = listener.AcceptFrom(writer);
  if (reader < 0) {
    windows::FailWithLastError();
    libzookeeper_windows_close(writer);
    return -1;
  }
  // A wake-up is a single byte, and must not wait for others.
  const int on = 1;
  libzookeeper_windows_setsockopt(writer, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  ends[0] = reader;
  ends[1] = writer;
  return 0;
}

int libzookeeper_windows_socket(int family, int type, int protocol) {
  StartWinsock();
  const DWORD flags = WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT;
  const SOCKET socket = WSASocketW(family, type, protocol, nullptr, 0, flags);
  return socket == INVALID_SOCKET ? windows::FailWithLastError() : static_cast<int>(socket);
}

int libzookeeper_windows_connect(int descriptor, const struct sockaddr* address, socklen_t length) {
  if (windows::ShutSockets::Instance().IsShut(descriptor)) {
    errno = ECONNABORTED;
    return -1;
  }
  if (connect(ToSocket(descriptor), address, length) == 0) return 0;
  windows::FailWithLastError();
  // Here and nowhere else it means that the attempt has begun.
  if (errno == EAGAIN) errno = EINPROGRESS;
  return -1;
}

ssize_t libzookeeper_windows_send(int descriptor, const void* bytes, size_t length, int flags) {
  if (windows::ShutSockets::Instance().IsShut(descriptor)) {
    errno = EPIPE;
    return -1;
  }
  const int sent =
      send(ToSocket(descriptor), static_cast<const char*>(bytes), Bounded(length), flags);
  return sent < 0 ? windows::FailWithLastError() : sent;
}

ssize_t libzookeeper_windows_recv(int descriptor, void* bytes, size_t length, int flags) {
  if (windows::ShutSockets::Instance().IsShut(descriptor)) return 0;
  const int received =
      recv(ToSocket(descriptor), static_cast<char*>(bytes), Bounded(length), flags);
  return received < 0 ? windows::FailWithLastError() : received;
}

ssize_t libzookeeper_windows_write(int descriptor, const void* bytes, size_t length) {
  return libzookeeper_windows_send(descriptor, bytes, length, 0);
}

ssize_t libzookeeper_windows_read(int descriptor, void* bytes, size_t length) {
  return libzookeeper_windows_recv(descriptor, bytes, length, 0);
}

int libzookeeper_windows_shutdown(int descriptor, int how) {
  const int rc = shutdown(ToSocket(descriptor), how);
  if (rc != 0) windows::FailWithLastError();
  if (how == SD_BOTH) windows::ShutSockets::Instance().Shut(descriptor);
  return rc;
}

int libzookeeper_windows_close(int descriptor) {
  windows::ShutSockets::Instance().Forget(descriptor);
  return closesocket(ToSocket(descriptor)) == 0 ? 0 : windows::FailWithLastError();
}

int libzookeeper_windows_fcntl(int descriptor, int command, ...) {
  // What F_SETFL adds to is nothing: it has no other flag.
  if (command != F_SETFL) return 0;
  va_list arguments;
  va_start(arguments, command);
  u_long is_on = (va_arg(arguments, int) & O_NONBLOCK) != 0 ? 1 : 0;
  va_end(arguments);
  return ioctlsocket(ToSocket(descriptor), static_cast<long>(FIONBIO), &is_on) == 0
             ? 0
             : windows::FailWithLastError();
}

int libzookeeper_windows_getsockopt(int descriptor, int level, int name, void* value,
                                    socklen_t* length) {
  if (getsockopt(ToSocket(descriptor), level, name, static_cast<char*>(value), length) != 0)
    return windows::FailWithLastError();
  if (level == SOL_SOCKET && name == SO_ERROR) {
    int* const error = static_cast<int*>(value);
    if (*error != 0) *error = windows::ToErrno(*error);
    if (windows::ShutSockets::Instance().IsShut(descriptor)) *error = ECONNABORTED;
  }
  return 0;
}

int libzookeeper_windows_setsockopt(int descriptor, int level, int name, const void* value,
                                    socklen_t length) {
  const int rc =
      setsockopt(ToSocket(descriptor), level, name, static_cast<const char*>(value), length);
  return rc == 0 ? 0 : windows::FailWithLastError();
}

int libzookeeper_windows_getpeername(int descriptor, struct sockaddr* address, socklen_t* length) {
  const int rc = getpeername(ToSocket(descriptor), address, length);
  return rc == 0 ? 0 : windows::FailWithLastError();
}

int libzookeeper_windows_getaddrinfo(const char* node, const char* service,
                                     const struct addrinfo* hints, struct addrinfo** result) {
  StartWinsock();
  return getaddrinfo(node, service, hints, result);
}

const char* libzookeeper_windows_gai_strerror(int code) {
  switch (code) {
    case EAI_AGAIN:
      return "Temporary failure in name resolution";
    case EAI_NONAME:
      return "Name or service not known";
    case EAI_MEMORY:
      return "Memory allocation failure";
    default:
      return "Name resolution failed";
  }
}

}  // extern "C"
