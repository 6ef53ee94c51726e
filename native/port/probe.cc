#include "probe.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include <algorithm>
#include <memory>

#include "context.h"
#include "tls_session.h"

namespace libzookeeper {
namespace port {

namespace {

/** How soon a close that was requested meanwhile is noticed. */
constexpr int kSliceMs = 50;

#ifdef MSG_NOSIGNAL
constexpr int kWithoutSignal = MSG_NOSIGNAL;
#else
constexpr int kWithoutSignal = 0;
#endif

/** A descriptor that is closed when the scope ends. */
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return number_; }

 private:
  const int number_;
};

int OpenSocket(int family) {
  const int descriptor = socket(family, SOCK_STREAM, 0);
  if (descriptor < 0) return descriptor;
  fcntl(descriptor, F_SETFD, FD_CLOEXEC);
  fcntl(descriptor, F_SETFL, O_NONBLOCK | fcntl(descriptor, F_GETFL, 0));
  return descriptor;
}

/** Waits until the socket can do what is wanted. @return false when the time is up, or a close was requested */
bool Await(int descriptor, short wanted, int64_t end, const Errands& errands) {
  for (;;) {
    const int64_t left = end - Now();
    if (left <= 0 || errands.IsCloseRequested()) return false;
    struct pollfd asked {
      descriptor, wanted, 0
    };
    const int ready = poll(&asked, 1, static_cast<int>(std::min<int64_t>(left, kSliceMs)));
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return false;
  }
}

}  // namespace

bool IsWritable(Context* context, const Endpoint& address, int timeout_ms) {
  const Errands& errands = context->errands;
  const int64_t end = Now() + timeout_ms;
  const Descriptor connection(OpenSocket(address.family));
  if (connection.get() < 0) return false;
  if (connect(connection.get(), address.get(), address.length) != 0) {
    if (errno != EINPROGRESS || !Await(connection.get(), POLLOUT, end, errands)) return false;
  }
  std::unique_ptr<TlsSession> tls;
  if (context->tls != nullptr) {
    tls = std::make_unique<TlsSession>(context, TlsSession::kProbe);
    tls->Attach(connection.get());
    // What is left of its second: whatever else this thread is to do has to wait for it.
    const int64_t left = std::max<int64_t>(end - Now(), 0);
    if (!tls->Connect(static_cast<int>(left))) return false;
  }
  const ssize_t sent =
      tls ? tls->Send("isro", 4) : send(connection.get(), "isro", 4, kWithoutSignal);
  if (sent != 4) return false;
  char answer[2];
  size_t length = 0;
  while (length < sizeof answer) {
    const bool has_some = tls && tls->HasPending();
    if (!has_some && !Await(connection.get(), POLLIN, end, errands)) return false;
    const size_t left = sizeof answer - length;
    const ssize_t got = tls ? tls->Receive(answer + length, left)
                            : recv(connection.get(), answer + length, left, 0);
    // A record of TLS may be none of data.
    if (got < 0 && errno == EAGAIN) continue;
    if (got <= 0) return false;
    length += static_cast<size_t>(got);
  }
  return memcmp(answer, "rw", sizeof answer) == 0;
}

}  // namespace port
}  // namespace libzookeeper
