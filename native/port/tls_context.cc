#include "tls_context.h"

namespace libzookeeper {
namespace port {

namespace {

/** Owns a certificate that OpenSSL made. */
class Certificate {
 public:
  Certificate(const TlsLibrary& library, const BytesView& der) : library_(library) {
    const unsigned char* next = der.bytes;
    certificate_ = library.d2i_X509(nullptr, &next, static_cast<long>(der.length));
  }
  ~Certificate() { library_.X509_free(certificate_); }
  Certificate(const Certificate&) = delete;
  Certificate& operator=(const Certificate&) = delete;

  X509* get() const { return certificate_; }

 private:
  const TlsLibrary& library_;
  X509* certificate_ = nullptr;
};

}  // namespace

TlsContext::TlsContext(const TlsLibrary& library, const TlsOptions& options)
    : library_(library),
      server_name_(options.server_name),
      verify_(options.verify),
      has_certificate_(!options.chain.empty()) {}

TlsContext::~TlsContext() { library_.SSL_CTX_free(context_); }

std::unique_ptr<TlsContext> TlsContext::Make(const TlsOptions& options) {
  const TlsLibrary* library = FindTlsLibrary();
  if (library == nullptr) return nullptr;
  std::unique_ptr<TlsContext> made(new TlsContext(*library, options));
  library->ERR_clear_error();
  made->context_ = library->SSL_CTX_new(library->TLS_client_method());
  SSL_CTX* context = made->context_;
  if (context == nullptr) return nullptr;
  library->SSL_CTX_ctrl(context, SSL_CTRL_SET_MIN_PROTO_VERSION, TLS1_2_VERSION, nullptr);
  // A server that ends the stream without a farewell has ended it all the same: frames carry their length.
  library->SSL_CTX_set_options(
      context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_IGNORE_UNEXPECTED_EOF);
  // What could not be written is tried again from another place in memory.
  library->SSL_CTX_ctrl(context, SSL_CTRL_MODE,
                        SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                            SSL_MODE_RELEASE_BUFFERS,
                        nullptr);
  library->SSL_CTX_set_verify(context, options.verify ? SSL_VERIFY_PEER : SSL_VERIFY_NONE, nullptr);
  const bool is_good = made->Trust(options.ca) && made->Identify(options.chain, options.key);
  library->ERR_clear_error();
  return is_good ? std::move(made) : nullptr;
}

/** The system's certificates are not among them: SSL_CTX_set_default_verify_paths is not called. */
bool TlsContext::Trust(const std::vector<BytesView>& certificates) {
  X509_STORE* store = library_.SSL_CTX_get_cert_store(context_);
  for (const BytesView& der : certificates) {
    const Certificate certificate(library_, der);
    if (certificate.get() == nullptr) return false;
    // The store keeps a share of its own.
    if (library_.X509_STORE_add_cert(store, certificate.get()) != 1) return false;
  }
  return true;
}

bool TlsContext::Identify(const std::vector<BytesView>& chain, const BytesView& key) {
  for (size_t i = 0; i < chain.size(); ++i) {
    const Certificate certificate(library_, chain[i]);
    if (certificate.get() == nullptr) return false;
    const bool taken =
        i == 0 ? library_.SSL_CTX_use_certificate(context_, certificate.get()) == 1
               // SSL_CTX_add1_chain_cert
               : library_.SSL_CTX_ctrl(context_, SSL_CTRL_CHAIN_CERT, 1, certificate.get()) == 1;
    if (!taken) return false;
  }
  if (key.length == 0) return true;
  const unsigned char* next = key.bytes;
  EVP_PKEY* parsed = library_.d2i_AutoPrivateKey(nullptr, &next, static_cast<long>(key.length));
  const bool fits = parsed != nullptr && library_.SSL_CTX_use_PrivateKey(context_, parsed) == 1 &&
                    library_.SSL_CTX_check_private_key(context_) == 1;
  library_.EVP_PKEY_free(parsed);
  return fits;
}

}  // namespace port
}  // namespace libzookeeper
