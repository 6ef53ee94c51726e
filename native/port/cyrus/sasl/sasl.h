/**
 * @file sasl.h
 * What the C client and the addon see as Cyrus SASL 2: the build's include path leads here.
 *
 * The declarations are the few that are needed of a binary interface that has not changed since 2003 (libsasl2.so.2). The
 * functions come to sasl_calls.cc, which hands them on to the library, if it is there when a connection first wants it
 * (sasl_library.h).
 */
#ifndef LIBZOOKEEPER_PORT_SASL_H
#define LIBZOOKEEPER_PORT_SASL_H

#ifdef __cplusplus
extern "C" {
#endif

enum { SASL_CONTINUE = 1, SASL_OK = 0, SASL_FAIL = -1, SASL_NOMEM = -2, SASL_BADPARAM = -7 };

/** Kinds of callbacks. */
enum {
  SASL_CB_LIST_END = 0,
  SASL_CB_LOG = 2,
  SASL_CB_USER = 0x4001,
  SASL_CB_AUTHNAME = 0x4002,
  SASL_CB_PASS = 0x4004,
  SASL_CB_GETREALM = 0x4008
};

typedef struct sasl_conn sasl_conn_t;
typedef struct sasl_interact sasl_interact_t;

typedef struct sasl_secret {
  unsigned long len;
  unsigned char data[1];
} sasl_secret_t;

typedef struct sasl_callback {
  unsigned long id;
  int (*proc)(void);
  void* context;
} sasl_callback_t;

#define sasl_client_new libzookeeper_port_sasl_client_new
#define sasl_client_start libzookeeper_port_sasl_client_start
#define sasl_client_step libzookeeper_port_sasl_client_step
#define sasl_dispose libzookeeper_port_sasl_dispose
#define sasl_errdetail libzookeeper_port_sasl_errdetail
#define sasl_errstring libzookeeper_port_sasl_errstring

int sasl_client_new(const char* service, const char* host, const char* local, const char* remote,
                    const sasl_callback_t* callbacks, unsigned flags, sasl_conn_t** connection);
int sasl_client_start(sasl_conn_t* connection, const char* mechanisms, sasl_interact_t** prompts,
                      const char** answer, unsigned* length, const char** mechanism);
int sasl_client_step(sasl_conn_t* connection, const char* challenge, unsigned challenge_length,
                     sasl_interact_t** prompts, const char** answer, unsigned* length);
void sasl_dispose(sasl_conn_t** connection);
const char* sasl_errdetail(sasl_conn_t* connection);
const char* sasl_errstring(int code, const char* languages, const char** language);

#ifdef __cplusplus
}
#endif

#endif /* LIBZOOKEEPER_PORT_SASL_H */
