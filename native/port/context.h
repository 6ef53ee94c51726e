/**
 * @file context.h
 * What the port layer knows about one connection, and which connection the running thread works for.
 */
#ifndef LIBZOOKEEPER_PORT_CONTEXT_H
#define LIBZOOKEEPER_PORT_CONTEXT_H

#include <pthread.h>

#include <atomic>

#include "resolver.h"

namespace libzookeeper {

class Handle;

namespace port {

/**
 * The port layer's share of one connection. Owned by its Handle, and outlives every thread of the C client that works
 * for it, since zookeeper_close joins them before the Handle goes.
 */
class Context {
 public:
  explicit Context(Handle* handle) : handle(handle) {}
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  /** The connection that this context belongs to. Never null. */
  Handle* const handle;

  /** From now on nothing is sent. Set by the JavaScript thread when its environment ends; read by every thread. */
  std::atomic<bool> muted{false};

  /** Answers of DNS that were good. Used by the I/O thread and the handle's own thread. */
  Resolver resolver;

  /** The C client's completion thread, and the zhandle_t that it works for. Used by the handle's own thread only. */
  pthread_t completion_thread{};
  void* zhandle = nullptr;

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
