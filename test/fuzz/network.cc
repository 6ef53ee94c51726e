#include "network.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <proto.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>

#include "port/wire_reader.h"

namespace fuzz {

namespace {

/** No descriptor of the fuzzer's own has such a number. */
constexpr int kSocket = 100'001;
constexpr int kPipeRead = 100'002;
constexpr int kPipeWrite = 100'003;

bool IsOurs(int descriptor) { return descriptor >= kSocket && descriptor <= kPipeWrite; }

int32_t IntAt(const std::string& bytes, size_t offset) {
  return libzookeeper::port::WireReader::IntAt(bytes.data() + offset);
}

}  // namespace

Network& Network::Get() {
  static Network network;
  return network;
}

void Network::Reset() { *this = Network(); }

int Network::Socket() { return kSocket; }

void Network::Connect() {
  is_open_ = true;
  is_ended_ = is_handshake_seen_ = false;
  ++connections_;
  inbound_.clear();
  outbound_.clear();
  requests_.clear();
}

void Network::Close() { is_open_ = false; }

long Network::Receive(char* bytes, size_t length) {
  if (!inbound_.empty()) {
    const size_t given = std::min(length, inbound_.size());
    memcpy(bytes, inbound_.data(), given);
    inbound_.erase(0, given);
    return static_cast<long>(given);
  }
  if (is_ended_) return 0;
  errno = EAGAIN;
  return -1;
}

long Network::Take(const char* bytes, size_t length) {
  outbound_.append(bytes, length);
  ParseRequests();
  return static_cast<long>(length);
}

void Network::ParseRequests() {
  constexpr size_t kPrefix = sizeof(int32_t);
  while (outbound_.size() >= kPrefix) {
    const auto length = static_cast<size_t>(IntAt(outbound_, 0));
    if (outbound_.size() < kPrefix + length) return;
    if (is_handshake_seen_ && length >= 2 * kPrefix) {
      requests_.push_back(Request{IntAt(outbound_, kPrefix), IntAt(outbound_, 2 * kPrefix)});
      // As a server does, and the port layer waits for it: by the clock, which a fuzzer has no time for.
      if (requests_.back().type == ZOO_CLOSE_OP) HangUp();
    }
    is_handshake_seen_ = true;
    outbound_.erase(0, kPrefix + length);
  }
}

}  // namespace fuzz

using fuzz::IsOurs;
using fuzz::Network;

extern "C" {

int __real_close(int descriptor);
int __real_fcntl(int descriptor, int command, ...);
int __real_poll(struct pollfd* descriptors, nfds_t count, int timeout);
ssize_t __real_read(int descriptor, void* bytes, size_t length);
ssize_t __real_write(int descriptor, const void* bytes, size_t length);

int __wrap_socket(int, int, int) { return Network::Get().Socket(); }

int __wrap_connect(int, const struct sockaddr*, socklen_t) {
  Network::Get().Connect();
  return 0;
}

int __wrap_setsockopt(int, int, int, const void*, socklen_t) { return 0; }

int __wrap_getsockopt(int, int, int, void* value, socklen_t* length) {
  memset(value, 0, *length);
  return 0;
}

int __wrap_shutdown(int, int) {
  Network::Get().HangUp();
  return 0;
}

ssize_t __wrap_send(int, const void* bytes, size_t length, int) {
  return Network::Get().Take(static_cast<const char*>(bytes), length);
}

ssize_t __wrap_recv(int, void* bytes, size_t length, int) {
  return Network::Get().Receive(static_cast<char*>(bytes), length);
}

int __wrap_pipe2(int ends[2], int) {
  ends[0] = fuzz::kPipeRead;
  ends[1] = fuzz::kPipeWrite;
  return 0;
}

int __wrap_close(int descriptor) {
  if (!IsOurs(descriptor)) return __real_close(descriptor);
  if (descriptor == fuzz::kSocket) Network::Get().Close();
  return 0;
}

ssize_t __wrap_read(int descriptor, void* bytes, size_t length) {
  return IsOurs(descriptor) ? 0 : __real_read(descriptor, bytes, length);
}

ssize_t __wrap_write(int descriptor, const void* bytes, size_t length) {
  return IsOurs(descriptor) ? static_cast<ssize_t>(length)
                            : __real_write(descriptor, bytes, length);
}

int __wrap_fcntl(int descriptor, int command, ...) {
  if (IsOurs(descriptor)) return 0;
  va_list arguments;
  va_start(arguments, command);
  void* argument = va_arg(arguments, void*);
  va_end(arguments);
  return __real_fcntl(descriptor, command, argument);
}

/** The socket can always be written to. */
int __wrap_poll(struct pollfd* descriptors, nfds_t count, int timeout) {
  if (count == 0 || !IsOurs(descriptors[0].fd)) return __real_poll(descriptors, count, timeout);
  int ready = 0;
  for (nfds_t i = 0; i < count; ++i) {
    short found = 0;
    if (descriptors[i].fd == fuzz::kSocket) {
      found = POLLOUT;
      if (Network::Get().IsReadable()) found |= POLLIN;
    }
    descriptors[i].revents = static_cast<short>(descriptors[i].events & found);
    if (descriptors[i].revents != 0) ++ready;
  }
  return ready;
}

int __wrap_getaddrinfo(const char*, const char*, const struct addrinfo*, struct addrinfo** result) {
  auto* found = static_cast<struct addrinfo*>(
      calloc(1, sizeof(struct addrinfo) + sizeof(struct sockaddr_in)));
  auto* address = reinterpret_cast<struct sockaddr_in*>(found + 1);
  address->sin_family = AF_INET;
  address->sin_port = htons(2181);
  address->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  found->ai_family = AF_INET;
  found->ai_socktype = SOCK_STREAM;
  found->ai_addrlen = sizeof *address;
  found->ai_addr = reinterpret_cast<struct sockaddr*>(address);
  *result = found;
  return 0;
}

void __wrap_freeaddrinfo(struct addrinfo* found) { free(found); }

}  // extern "C"
