/**
 * @file context.h
 * What the port layer knows about one connection, and which connection the running thread works for.
 */
#ifndef LIBZOOKEEPER_PORT_CONTEXT_H
#define LIBZOOKEEPER_PORT_CONTEXT_H

#include <pthread.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

#include "coalescing.h"
#include "comebacks.h"
#include "endpoint.h"
#include "errands.h"
#include "interruption.h"
#include "lending.h"
#include "patience.h"
#include "provisions.h"
#include "reply_frames.h"
#include "request_frames.h"
#include "resolver.h"
#include "sasl_settings.h"
#include "servers.h"
#include "socket.h"
#include "stream.h"
#include "tls_context.h"
#include "wakeup.h"

struct _zhandle;

namespace libzookeeper {

class Handle;

namespace port {

/**
 * The port layer's share of one connection. Owned by its Handle, and outlives every thread of the C client that works
 * for it, since zookeeper_close joins them before the Handle goes.
 */
class Context {
 public:
  /** @param on_io_end called on the I/O thread when nothing more is to come from it */
  Context(Handle* handle, void (*on_io_end)(Handle*)) : handle(handle), on_io_end(on_io_end) {}
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  /** The connection that this context belongs to. Never null. */
  Handle* const handle;

  void (*const on_io_end)(Handle*);

  /** From now on nothing is sent. Set by the JavaScript thread when its environment ends; read by every thread. */
  std::atomic<bool> muted{false};

  /** What zookeeper_init gets of the system. Used by the handle's own thread. */
  Provisions provisions;

  /** How the I/O thread is woken. */
  Wakeup wakeup;

  /** What is in flight, and when to wait for more of it. */
  Coalescing coalescing;

  /** What there is to do for the handle's own thread. */
  Errands errands;

  /** The current socket: who may close it. */
  Socket socket;

  /** When another thread than the I/O thread may send. */
  Lending lending;

  /** Its bytes. Used by the I/O thread, or whoever borrows from it; and after it was joined by the handle's own thread. */
  Stream stream;

  /** The replies among them, which are looked at. Used by the same threads. */
  ReplyFrames replies;

  /** The requests among them. Used by the same threads. */
  RequestFrames requests{&replies};

  /** The frame that was handed over, and is about to be freed. Used by whichever thread calls completions. */
  const void* handed_over = nullptr;

  /** Answers of DNS that were good. Used by the I/O thread and the handle's own thread. */
  Resolver resolver;

  /** What is connected to, and in which order. */
  Servers servers{&resolver};

  /** Where the next connect() goes. Used by the I/O thread. */
  Endpoint next_server;

  /** Which servers were away, and have to answer soon. Used by the I/O thread, and after it was joined by the handle's own. */
  Comebacks comebacks;

  /** What TLS is made with; null without TLS. Set before there is another thread. */
  std::unique_ptr<TlsContext> tls;

  /** What SASL is made with; null without SASL. Set before there is another thread. */
  std::unique_ptr<SaslSettings> sasl;

  /** Whether libsasl2 said why it failed. The I/O thread. */
  bool sasl_reported = false;

  /** How long a TLS handshake with each of the servers may take, all together. Set before there is another thread. */
  int handshakes_ms = 0;

  /** Keeps handshakes that fail apart. Used by the I/O thread. */
  Patience tls_patience;

  /** The same for connections on which the server breaks the protocol. Used by the I/O thread. */
  Patience frame_patience;

  /** Ends a TLS handshake that is under way, and the pause before one. */
  Interruption interruption;

  /** The same for the probe of read-only mode, which the handle's own thread makes. */
  Interruption probe_interruption;

  /** The C client's handle; null before it has threads. Set by the handle's own thread before there is another. */
  struct _zhandle* zhandle = nullptr;

  /** The C client's completion thread, or the one that ran in its place. Used by the handle's own thread only. */
  pthread_t completion_thread{};

  /** Lets the I/O thread make its first connection attempt. Called by the handle's own thread, once. */
  void OpenGate();

  /** Blocks the I/O thread until OpenGate() was called. */
  void PassGate();

 private:
  pthread_mutex_t gate_mutex_ = PTHREAD_MUTEX_INITIALIZER;
  pthread_cond_t gate_condition_ = PTHREAD_COND_INITIALIZER;
  std::atomic<bool> gate_open_{false};
};

/** The connection that the running thread works for at this moment; null on a thread that works for none. */
Context* Current();

/**
 * Makes a context the running thread's own for as long as the scope lasts. The C client's callbacks carry no pointer of
 * ours (ids cross, never pointers), so this is how they find their connection.
 */
class Scope {
 public:
  /** @param quiet whether the calls in this scope leave the I/O loop asleep: see trap 26 in docs/traps.md. */
  explicit Scope(Context* context, bool quiet = false);
  ~Scope();
  Scope(const Scope&) = delete;
  Scope& operator=(const Scope&) = delete;

 private:
  Context* const previous_context_;
  const bool previous_quiet_;
};

}  // namespace port
}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_PORT_CONTEXT_H
