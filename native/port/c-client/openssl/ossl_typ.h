/**
 * @file ossl_typ.h
 * OpenSSL's types, as far as zookeeper.h names them. See ssl.h beside it.
 */
#ifndef LIBZOOKEEPER_PORT_OPENSSL_TYPES_H
#define LIBZOOKEEPER_PORT_OPENSSL_TYPES_H

typedef struct ssl_st SSL;
typedef struct ssl_ctx_st SSL_CTX;

#endif /* LIBZOOKEEPER_PORT_OPENSSL_TYPES_H */
