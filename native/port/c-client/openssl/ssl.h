/**
 * @file ssl.h
 * What the C client sees as OpenSSL: only it finds this header, by the build's include path.
 *
 * Its calls come to tls_calls.cc. The settings that it makes, from files, are made there already, from memory; so those
 * calls do nothing. What it holds as an SSL is a TlsSession of ours. It is thereby built without OpenSSL's headers, and
 * needs no symbol of OpenSSL; those that we call are looked up when the first `tls` option is met (tls_library.h).
 */
#ifndef LIBZOOKEEPER_PORT_OPENSSL_SSL_H
#define LIBZOOKEEPER_PORT_OPENSSL_SSL_H

#include "../../tls_calls.h"
#include "ossl_typ.h"

typedef struct ssl_method_st SSL_METHOD;

#define OPENSSL_VERSION_NUMBER 0x30000000L
#define OPENSSL_INIT_LOAD_CRYPTO_STRINGS 0
#define OPENSSL_INIT_LOAD_SSL_STRINGS 0
#define SSL_ERROR_SSL 1
#define SSL_ERROR_WANT_READ 2
#define SSL_ERROR_WANT_WRITE 3
#define SSL_FILETYPE_PEM 1
#define SSL_MODE_AUTO_RETRY 0
#define SSL_VERIFY_FAIL_IF_NO_PEER_CERT 0
#define SSL_VERIFY_PEER 0

#define OPENSSL_init_ssl(options, settings) ((void)0)
#define TLS_client_method() ((const SSL_METHOD*)0)
#define SSL_CTX_new(method) libzookeeper_port_tls_context(method)
#define SSL_CTX_free(context) ((void)(context))
#define SSL_CTX_set_verify(context, mode, callback) ((void)0)
#define SSL_CTX_load_verify_locations(context, file, directory) 1
#define SSL_CTX_set_default_verify_paths(context) 1
#define SSL_CTX_use_certificate_chain_file(context, file) 1
#define SSL_CTX_set_default_passwd_cb_userdata(context, data) ((void)0)
#define SSL_CTX_use_PrivateKey_file(context, file, type) 1
#define SSL_CTX_check_private_key(context) 1
#define SSL_CTX_set_mode(context, mode) ((void)0)
#define SSL_new(context) libzookeeper_port_tls_new(context)
#define SSL_free(session) libzookeeper_port_tls_free(session)
#define SSL_set_fd(session, descriptor) libzookeeper_port_tls_attach(session, descriptor)
#define SSL_connect(session) libzookeeper_port_tls_connect(session)
/* The handshake waits by itself: it has succeeded or failed, so that the C client never gets to its select(). */
#define SSL_get_error(session, rc) SSL_ERROR_SSL
#define SSL_read(session, bytes, length) libzookeeper_port_tls_read(session, bytes, length)
#define SSL_write(session, bytes, length) libzookeeper_port_tls_write(session, bytes, length)

#endif /* LIBZOOKEEPER_PORT_OPENSSL_SSL_H */
