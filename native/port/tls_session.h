/**
 * @file tls_session.h
 * TLS over one socket: the handshake, and then the bytes.
 */
#ifndef LIBZOOKEEPER_PORT_TLS_SESSION_H
#define LIBZOOKEEPER_PORT_TLS_SESSION_H

#include <string>

#include "fault.h"
#include "tls_context.h"
#include "transport.h"

namespace libzookeeper {
namespace port {

class Context;

/**
 * One attempt to connect. The I/O thread uses it, and after that was joined the handle's own. What fails before the server
 * has said anything is reported, since the C client cannot tell why it was.
 */
class TlsSession final : public Transport {
 public:
  /** Whose it is: a probe says nothing of its failures, and may be made while the connection has a session. */
  enum Purpose { kConnection, kProbe };

  /** @param context has a TlsContext */
  explicit TlsSession(Context* context, Purpose purpose = kConnection);
  ~TlsSession() override;
  TlsSession(const TlsSession&) = delete;
  TlsSession& operator=(const TlsSession&) = delete;

  /** The socket, which is connected, does not block, and belongs to the C client. */
  void Attach(int descriptor) { descriptor_ = descriptor; }
  int descriptor() const { return descriptor_; }
  Context* context() const { return context_; }

  /** The whole handshake. Waits for the server, but not longer than this or the context says, nor once that is interrupted. */
  bool Connect(int longest_ms);

  ssize_t Send(const void* bytes, size_t length) override;
  ssize_t Receive(void* bytes, size_t length) override;
  bool HasPending() const override;

 private:
  static int OnCertificateWanted(SSL* session, void* self);

  bool Prepare();
  bool Handshake(int longest_ms);
  /** Sets errno for what the last call of OpenSSL came to. @return what the call of Transport returns */
  ssize_t Result(int rc);
  void ReportFailure(int rc, int system_error);
  void ReportTimeout();
  Fault MakeFault(Fault::Kind kind, int32_t number, std::string reason) const;

  /** Says why there is no connection, as long as the server has said nothing. */
  void Tell(const Fault& fault);

  Context* const context_;
  const bool is_probe_;
  const TlsContext& settings_;
  const TlsLibrary& library_;
  int descriptor_ = -1;
  SSL* session_ = nullptr;
  std::string server_;
  std::string name_;
  bool certificate_wanted_ = false;
  bool heard_ = false;
  bool broken_ = false;
};

}  // namespace port
}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_PORT_TLS_SESSION_H
