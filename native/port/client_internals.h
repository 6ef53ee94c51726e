/**
 * @file client_internals.h
 * What can only be had from inside the C client's handle. Plain C, compiled against its private headers.
 */
#ifndef LIBZOOKEEPER_PORT_CLIENT_INTERNALS_H
#define LIBZOOKEEPER_PORT_CLIENT_INTERNALS_H

#ifdef __cplusplus
extern "C" {
#endif

struct _zhandle;

/**
 * Has every connection of the handle begin with a TLS handshake. To be called before the first, with the I/O thread at the
 * gate. zookeeper_init_ssl does no more than this, but takes neither a log callback nor SASL's parameters.
 * @return 0, or -1 when there is no memory
 */
int libzookeeper_use_tls(struct _zhandle* zhandle);

/** Whether SASL came to an end, and not to a good one. The I/O thread, or later. */
int libzookeeper_sasl_has_failed(const struct _zhandle* zhandle);

/** Its current socket, or -1. The I/O thread. */
int libzookeeper_socket(const struct _zhandle* zhandle);

/** The length of the request that is to be sent next, in bytes; 0 if there is none. Any thread. */
int libzookeeper_next_length(struct _zhandle* zhandle);

#ifdef __cplusplus
}
#endif

#endif /* LIBZOOKEEPER_PORT_CLIENT_INTERNALS_H */
