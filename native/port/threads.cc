/**
 * @file threads.cc
 * The threads of the C client: it asks for two, and gets one.
 *
 * Its completion thread takes replies from its I/O thread through a queue, and calls the completions. Ours only append to
 * an inbox, so that the I/O thread does it itself, before it goes to sleep: a hop between threads less for every batch of
 * replies, and no two threads that want the same locks.
 */
#define LIBZOOKEEPER_PORT_IMPLEMENTATION
#include <memory>

#include "completions.h"
#include "context.h"
#include "port.h"
#include "variant.h"

namespace port = libzookeeper::port;

extern "C" {
// Of mt_adaptor.c and zookeeper.c.
void* do_io(void* zhandle);
void* do_completion(void* zhandle);
void notify_thread_ready(struct _zhandle* zhandle);
void api_prolog(struct _zhandle* zhandle);
int api_epilog(struct _zhandle* zhandle, int rc);
}

namespace {

/** What a new thread of the C client needs to know before it runs the C client's code. */
struct ThreadStart {
  port::Context* context;
  void* (*start)(void*);
  void* argument;
};

/**
 * In the place of do_completion: reports for duty, and leaves. The reference to the handle that the completion thread
 * would hold is kept until it is joined.
 */
void* StandIn(void* argument) {
  auto* zhandle = static_cast<struct _zhandle*>(argument);
  api_prolog(zhandle);
  notify_thread_ready(zhandle);
  return nullptr;
}

void* RunThread(void* raw) {
  const std::unique_ptr<ThreadStart> thread(static_cast<ThreadStart*>(raw));
  port::Scope scope(thread->context);
  if (port::kIsBuffered && thread->start == do_io) port::Coalescing::PrepareThread();
  void* result = thread->start(thread->argument);
  if (thread->start == do_io) {
    // The session has ended, or is being closed: there will be no other turn of the loop.
    if (port::kIsBuffered) port::CallCompletions(thread->context);
    thread->context->on_io_end(thread->context->handle);
  }
  return result;
}

}  // namespace

extern "C" {

/** Called by zookeeper_init on the handle's own thread, for the I/O thread and then the completion thread. */
int libzookeeper_port_pthread_create(pthread_t* thread, const pthread_attr_t* attributes,
                                     void* (*start)(void*), void* argument) {
  port::Context* context = port::Current();
  if (context == nullptr) return pthread_create(thread, attributes, start, argument);
  const bool is_completion = start == do_completion;
  if (start == do_io) context->zhandle = static_cast<struct _zhandle*>(argument);
  auto prepared = std::make_unique<ThreadStart>(
      ThreadStart{context, is_completion && port::kIsBuffered ? StandIn : start, argument});
  if (!context->provisions.TakeThread(thread, RunThread, prepared.get())) {
    const int rc = pthread_create(thread, attributes, RunThread, prepared.get());
    if (rc != 0) return rc;
  }
  // The new thread owns it.
  static_cast<void>(prepared.release());
  if (is_completion) context->completion_thread = *thread;
  return 0;
}

/**
 * Called by zookeeper_close on the handle's own thread: first for the I/O thread, then for the completion thread. What the
 * close itself ended would otherwise never be called, and its memory never freed (trap 1).
 */
int libzookeeper_port_pthread_join(pthread_t thread, void** result) {
  const int rc = pthread_join(thread, result);
  port::Context* context = port::Current();
  if (context == nullptr) return rc;
  if (pthread_equal(thread, context->completion_thread)) {
    port::CallCompletions(context);
    if (port::kIsBuffered) api_epilog(context->zhandle, 0);
  }
  return rc;
}

}  // extern "C"
