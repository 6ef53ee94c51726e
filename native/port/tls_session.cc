#include "tls_session.h"

#include <arpa/inet.h>
#include <errno.h>
#include <limits.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <utility>

#include "address.h"
#include "context.h"

namespace libzookeeper {
namespace port {

namespace {

bool IsAddress(const std::string& host) {
  struct in6_addr ignored;
  return inet_pton(AF_INET, host.c_str(), &ignored) == 1 ||
         inet_pton(AF_INET6, host.c_str(), &ignored) == 1;
}

/** However many servers there are, one that is alive has the time to answer its handshake. */
constexpr int kShortestHandshakeMs = 200;

/** A server that does not answer must not take the time in which the session could find another one. */
int LongestHandshake(const Context* context) {
  const auto servers = static_cast<int>(context->servers.addresses().size());
  return std::max(context->handshakes_ms / std::max(servers, 1), kShortestHandshakeMs);
}

int Bounded(size_t length) { return static_cast<int>(std::min<size_t>(length, INT_MAX)); }

}  // namespace

TlsSession::TlsSession(Context* context, Purpose purpose)
    : context_(context),
      is_probe_(purpose == kProbe),
      settings_(*context->tls),
      library_(context->tls->library()) {}

TlsSession::~TlsSession() {
  library_.SSL_free(session_);
  library_.ERR_clear_error();
}

bool TlsSession::Connect(int longest_ms) {
  // Whatever another user of OpenSSL left behind on this thread is none of ours.
  library_.ERR_clear_error();
  if (!Prepare()) {
    ReportFailure(-1, ENOMEM);
    return false;
  }
  return Handshake(longest_ms);
}

/** Which server this is to be: the name is sent, and looked for in its certificate. */
bool TlsSession::Prepare() {
  struct sockaddr_storage address {};
  socklen_t size = sizeof address;
  if (getpeername(descriptor_, reinterpret_cast<struct sockaddr*>(&address), &size) == 0) {
    server_ = ToText(address);
    name_ = settings_.server_name().empty() ? context_->resolver.NameOf(address)
                                            : settings_.server_name();
  }
  // The dot that says that a name is a whole one is not part of it.
  if (name_.size() > 1 && name_.back() == '.') name_.pop_back();
  session_ = library_.SSL_new(settings_.get());
  if (session_ == nullptr || library_.SSL_set_fd(session_, descriptor_) != 1) return false;
  library_.SSL_set_cert_cb(session_, OnCertificateWanted, this);
  X509_VERIFY_PARAM* expected = library_.SSL_get0_param(session_);
  if (IsAddress(name_)) {
    return !settings_.verifies() ||
           library_.X509_VERIFY_PARAM_set1_ip_asc(expected, name_.c_str()) == 1;
  }
  // SSL_set_tlsext_host_name
  if (!name_.empty() &&
      library_.SSL_ctrl(session_, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
                        const_cast<char*>(name_.c_str())) != 1)
    return false;
  if (!settings_.verifies()) return true;
  library_.X509_VERIFY_PARAM_set_hostflags(expected, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  // Without a name there is nothing to compare, and no certificate must pass.
  return !name_.empty() &&
         library_.X509_VERIFY_PARAM_set1_host(expected, name_.c_str(), name_.size()) == 1;
}

bool TlsSession::Handshake(int longest_ms) {
  Interruption* interruption = is_probe_ ? &context_->probe_interruption : &context_->interruption;
  const Interruption::Wait wait(interruption, descriptor_);
  const int64_t end = Now() + std::min(LongestHandshake(context_), longest_ms);
  for (;;) {
    errno = 0;
    const int rc = library_.SSL_connect(session_);
    const int system_error = errno;
    if (rc == 1) return true;
    const int error = library_.SSL_get_error(session_, rc);
    if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE) {
      if (!interruption->IsRequested()) ReportFailure(rc, system_error);
      return false;
    }
    // Not select(): a descriptor above 1023 would be written beside its set (trap 8).
    struct pollfd socket {
      descriptor_, static_cast<short>(error == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT), 0
    };
    const int64_t left = end - Now();
    const int ready = left <= 0 ? 0 : poll(&socket, 1, static_cast<int>(left));
    if (ready == 0) {
      ReportTimeout();
      return false;
    }
    if (ready < 0 && errno != EINTR) {
      ReportFailure(-1, errno);
      return false;
    }
  }
}

/** Called by OpenSSL during the handshake, if the server asks. */
int TlsSession::OnCertificateWanted(SSL*, void* self) {
  static_cast<TlsSession*>(self)->certificate_wanted_ = true;
  return 1;
}

ssize_t TlsSession::Send(const void* bytes, size_t length) {
  if (broken_) {
    errno = EPIPE;
    return -1;
  }
  if (length == 0) return 0;
  library_.ERR_clear_error();
  errno = 0;
  int rc = library_.SSL_write(session_, bytes, Bounded(length));
  if (rc <= 0 && !heard_ && library_.SSL_get_error(session_, rc) == SSL_ERROR_SYSCALL) {
    // A server that refused us has hung up while we send; what it said before lies unread.
    char byte;
    errno = 0;
    rc = std::min(library_.SSL_read(session_, &byte, 1), 0);
  }
  const ssize_t sent = Result(rc);
  if (sent > 0 || (sent < 0 && errno == EAGAIN)) return sent;
  errno = EPIPE;
  return -1;
}

ssize_t TlsSession::Receive(void* bytes, size_t length) {
  if (broken_) {
    errno = ECONNRESET;
    return -1;
  }
  library_.ERR_clear_error();
  errno = 0;
  const ssize_t received = Result(library_.SSL_read(session_, bytes, Bounded(length)));
  if (received > 0 && !heard_) {
    heard_ = true;
    if (!is_probe_) context_->tls_patience.Succeeded();
  }
  return received;
}

bool TlsSession::HasPending() const { return !broken_ && library_.SSL_pending(session_) > 0; }

ssize_t TlsSession::Result(int rc) {
  if (rc > 0) return rc;
  const int system_error = errno;
  const int error = library_.SSL_get_error(session_, rc);
  if (error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE) {
    errno = EAGAIN;
    return -1;
  }
  broken_ = true;
  // Once the server has spoken, a lost connection is a lost connection.
  if (!heard_) {
    if (!is_probe_) context_->tls_patience.Failed();
    ReportFailure(rc, system_error);
  }
  if (error == SSL_ERROR_ZERO_RETURN) return 0;
  errno = system_error != 0 ? system_error : ECONNRESET;
  return -1;
}

void TlsSession::ReportFailure(int rc, int system_error) {
  const int error = session_ == nullptr ? SSL_ERROR_SYSCALL : library_.SSL_get_error(session_, rc);
  const unsigned long code = library_.ERR_get_error();
  const long verified = session_ == nullptr ? X509_V_OK : library_.SSL_get_verify_result(session_);
  const bool is_end =
      error == SSL_ERROR_ZERO_RETURN ||
      (error == SSL_ERROR_SYSCALL && code == 0 && system_error == 0) ||
      (error == SSL_ERROR_SSL && ERR_GET_REASON(code) == SSL_R_UNEXPECTED_EOF_WHILE_READING);
  if (settings_.verifies() && verified != X509_V_OK) {
    Tell(MakeFault(Fault::kCertificate, static_cast<int32_t>(verified),
                   library_.X509_verify_cert_error_string(verified)));
  } else if (error == SSL_ERROR_SSL && !is_end) {
    const char* reason = library_.ERR_reason_error_string(code);
    Tell(MakeFault(Fault::kProtocol, 0, reason == nullptr ? "" : reason));
  } else if (certificate_wanted_ && !settings_.has_certificate()) {
    // Its alert may be lost: it hangs up while we send.
    Tell(MakeFault(Fault::kCertificateWanted, 0, ""));
  } else if (is_end) {
    Tell(MakeFault(Fault::kEnd, 0, ""));
  } else {
    Tell(MakeFault(Fault::kSystem, system_error, ""));
  }
}

void TlsSession::Tell(const Fault& fault) {
  if (!is_probe_) Report(context_->handle, fault);
}

void TlsSession::ReportTimeout() { Tell(MakeFault(Fault::kTimeout, 0, "")); }

Fault TlsSession::MakeFault(Fault::Kind kind, int32_t number, std::string reason) const {
  const auto addresses = static_cast<int32_t>(context_->servers.addresses().size());
  return Fault{kind, number, addresses, server_, name_, std::move(reason)};
}

}  // namespace port
}  // namespace libzookeeper
