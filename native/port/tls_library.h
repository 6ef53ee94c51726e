/**
 * @file tls_library.h
 * The OpenSSL that the process has already: the runtime's own.
 */
#ifndef LIBZOOKEEPER_PORT_TLS_LIBRARY_H
#define LIBZOOKEEPER_PORT_TLS_LIBRARY_H

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

namespace libzookeeper {
namespace port {

/**
 * The functions of OpenSSL that are called here, by OpenSSL's own names; each must be there.
 *
 * Node.js shows its OpenSSL to addons. One that was linked to this addon would be a second copy in the process, without
 * the runtime's security updates. They are looked up by name, and not left to the dynamic linker as undefined symbols, so
 * that the addon loads and works without them, with every linker, whatever LD_BIND_NOW says.
 */
#define LIBZOOKEEPER_OPENSSL_FUNCTIONS(EACH) \
  EACH(ERR_clear_error)                      \
  EACH(ERR_get_error)                        \
  EACH(ERR_reason_error_string)              \
  EACH(EVP_PKEY_free)                        \
  EACH(OpenSSL_version_num)                  \
  EACH(SSL_CTX_check_private_key)            \
  EACH(SSL_CTX_ctrl)                         \
  EACH(SSL_CTX_free)                         \
  EACH(SSL_CTX_get_cert_store)               \
  EACH(SSL_CTX_new)                          \
  EACH(SSL_CTX_set_options)                  \
  EACH(SSL_CTX_set_verify)                   \
  EACH(SSL_CTX_use_PrivateKey)               \
  EACH(SSL_CTX_use_certificate)              \
  EACH(SSL_connect)                          \
  EACH(SSL_ctrl)                             \
  EACH(SSL_free)                             \
  EACH(SSL_get0_param)                       \
  EACH(SSL_get_error)                        \
  EACH(SSL_get_verify_result)                \
  EACH(SSL_new)                              \
  EACH(SSL_pending)                          \
  EACH(SSL_read)                             \
  EACH(SSL_set_cert_cb)                      \
  EACH(SSL_set_fd)                           \
  EACH(SSL_write)                            \
  EACH(TLS_client_method)                    \
  EACH(X509_STORE_add_cert)                  \
  EACH(X509_VERIFY_PARAM_set1_host)          \
  EACH(X509_VERIFY_PARAM_set1_ip_asc)        \
  EACH(X509_VERIFY_PARAM_set_hostflags)      \
  EACH(X509_free)                            \
  EACH(X509_verify_cert_error_string)        \
  EACH(d2i_AutoPrivateKey)                   \
  EACH(d2i_X509)

/** Their addresses, with the types that OpenSSL's headers give them. */
struct TlsLibrary {
#define LIBZOOKEEPER_MEMBER(name) decltype(&::name) name;
  LIBZOOKEEPER_OPENSSL_FUNCTIONS(LIBZOOKEEPER_MEMBER)
#undef LIBZOOKEEPER_MEMBER
};

/** The runtime's OpenSSL, version 3 or newer; null where it shows none. Any thread. */
const TlsLibrary* FindTlsLibrary();

}  // namespace port
}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_PORT_TLS_LIBRARY_H
