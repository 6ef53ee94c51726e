/**
 * @file tls_calls.h
 * What the C client calls instead of OpenSSL: see c-client/openssl/ssl.h. Plain C.
 */
#ifndef LIBZOOKEEPER_PORT_TLS_CALLS_H
#define LIBZOOKEEPER_PORT_TLS_CALLS_H

#ifdef __cplusplus
extern "C" {
#endif

struct ssl_ctx_st;
struct ssl_method_st;
struct ssl_st;

/** The connection's own settings; never null, so that the C client goes on. */
struct ssl_ctx_st* libzookeeper_port_tls_context(const struct ssl_method_st* method);
/** A session over a socket that is connected already. Null when the connection has no settings. */
struct ssl_st* libzookeeper_port_tls_new(struct ssl_ctx_st* context);
void libzookeeper_port_tls_free(struct ssl_st* session);
int libzookeeper_port_tls_attach(struct ssl_st* session, int descriptor);
/** The whole handshake, within its time. @return 1, or -1 for a failure, which was reported */
int libzookeeper_port_tls_connect(struct ssl_st* session);
/** As recv(2) and send(2) on a socket that does not block. */
int libzookeeper_port_tls_read(struct ssl_st* session, void* bytes, int length);
int libzookeeper_port_tls_write(struct ssl_st* session, const void* bytes, int length);

#ifdef __cplusplus
}
#endif

#endif /* LIBZOOKEEPER_PORT_TLS_CALLS_H */
