/**
 * @file tls_context.h
 * What a connection trusts, and how it identifies itself: OpenSSL's SSL_CTX.
 */
#ifndef LIBZOOKEEPER_PORT_TLS_CONTEXT_H
#define LIBZOOKEEPER_PORT_TLS_CONTEXT_H

#include <stddef.h>

#include <memory>
#include <string>
#include <vector>

#include "tls_library.h"

namespace libzookeeper {
namespace port {

/** Bytes that belong to somebody else. */
struct BytesView {
  const unsigned char* bytes;
  size_t length;
};

/** The option `tls`, as TypeScript validated it. Certificates and the key are in DER. */
struct TlsOptions {
  /** Whom the server's certificate must name; empty for the host of the connect string. */
  std::string server_name;
  /** Whether the server's certificate is verified. */
  bool verify = true;
  /** PKCS#8, or empty. */
  BytesView key{nullptr, 0};
  /** The client's certificate, and those between it and its CA. */
  std::vector<BytesView> chain;
  /** The only ones that are trusted. */
  std::vector<BytesView> ca;
};

/**
 * Made once for a connection, from memory: neither a certificate nor a key is read from or written to a disk here, and
 * once it is made, nobody but OpenSSL has the key. Sessions are made from it on the I/O thread.
 */
class TlsContext {
 public:
  /** @return null when OpenSSL refuses something, or the runtime has none */
  static std::unique_ptr<TlsContext> Make(const TlsOptions& options);

  ~TlsContext();
  TlsContext(const TlsContext&) = delete;
  TlsContext& operator=(const TlsContext&) = delete;

  const TlsLibrary& library() const { return library_; }
  SSL_CTX* get() const { return context_; }
  const std::string& server_name() const { return server_name_; }
  bool verifies() const { return verify_; }
  /** Whether there is a certificate to show to a server that asks for one. */
  bool has_certificate() const { return has_certificate_; }

 private:
  TlsContext(const TlsLibrary& library, const TlsOptions& options);

  bool Trust(const std::vector<BytesView>& certificates);
  bool Identify(const std::vector<BytesView>& chain, const BytesView& key);

  const TlsLibrary& library_;
  const std::string server_name_;
  const bool verify_;
  const bool has_certificate_;
  SSL_CTX* context_ = nullptr;
};

}  // namespace port
}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_PORT_TLS_CONTEXT_H
