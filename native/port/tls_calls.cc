/**
 * @file tls_calls.cc
 * What the C client calls instead of OpenSSL. On the I/O thread; and on the handle's own, inside zookeeper_close.
 *
 * The bytes go through the connection's Stream, which has the session for its transport: what goes out is gathered into
 * records, and what came in one record is read ahead.
 */
#define LIBZOOKEEPER_PORT_IMPLEMENTATION
#include "tls_calls.h"

#include <limits.h>

#include "context.h"
#include "port.h"
#include "tls_session.h"

namespace port = libzookeeper::port;

namespace {

/** What the C client holds as an SSL. */
port::TlsSession* SessionOf(struct ssl_st* session) {
  return reinterpret_cast<port::TlsSession*>(session);
}

/** Whether it is that of the connection's current socket. */
bool IsCurrent(const port::TlsSession* session) {
  return session->context()->stream.descriptor() == session->descriptor();
}

}  // namespace

extern "C" {

struct ssl_ctx_st* libzookeeper_port_tls_context(const struct ssl_method_st*) {
  return reinterpret_cast<struct ssl_ctx_st*>(port::Current());
}

struct ssl_st* libzookeeper_port_tls_new(struct ssl_ctx_st*) {
  port::Context* context = port::Current();
  if (context == nullptr || context->tls == nullptr) return nullptr;
  return reinterpret_cast<struct ssl_st*>(new port::TlsSession(context));
}

void libzookeeper_port_tls_free(struct ssl_st* session) {
  port::TlsSession* ended = SessionOf(session);
  // What is unsent must not go out in the clear.
  if (IsCurrent(ended)) ended->context()->stream.Reset(-1);
  delete ended;
}

int libzookeeper_port_tls_attach(struct ssl_st* session, int descriptor) {
  SessionOf(session)->Attach(descriptor);
  return 1;
}

int libzookeeper_port_tls_connect(struct ssl_st* session) {
  port::TlsSession* own = SessionOf(session);
  const bool connected = own->Connect(INT_MAX);
  if (IsCurrent(own)) {
    if (connected) own->context()->stream.Use(own);
    if (!connected) own->context()->tls_patience.Failed();
  }
  return connected ? 1 : -1;
}

int libzookeeper_port_tls_read(struct ssl_st* session, void* bytes, int length) {
  port::TlsSession* own = SessionOf(session);
  const auto size = static_cast<size_t>(length);
  return static_cast<int>(IsCurrent(own) ? libzookeeper_port_recv(own->descriptor(), bytes, size, 0)
                                         : own->Receive(bytes, size));
}

int libzookeeper_port_tls_write(struct ssl_st* session, const void* bytes, int length) {
  port::TlsSession* own = SessionOf(session);
  const auto size = static_cast<size_t>(length);
  return static_cast<int>(IsCurrent(own) ? libzookeeper_port_send(own->descriptor(), bytes, size, 0)
                                         : own->Send(bytes, size));
}

}  // extern "C"
