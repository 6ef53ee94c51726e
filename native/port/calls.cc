/**
 * @file calls.cc
 * The system calls of the C client, as port.h maps them. Each says which thread of the C client makes it.
 */
#define LIBZOOKEEPER_PORT_IMPLEMENTATION
#include <errno.h>
#include <fcntl.h>

#include <memory>

#include "context.h"
#include "port.h"
#include "quiet.h"

namespace port = libzookeeper::port;

extern "C" {
/** Of mt_adaptor.c: what the completion thread runs. */
void* do_completion(void* zhandle);
/** Of zookeeper.c: calls the completions that are due. */
void process_completions(struct _zhandle* zhandle);
}

namespace {

/** What a new thread of the C client needs to know before it runs the C client's code. */
struct ThreadStart {
  port::Context* context;
  void* (*start)(void*);
  void* argument;
};

void* RunThread(void* raw) {
  const std::unique_ptr<ThreadStart> thread(static_cast<ThreadStart*>(raw));
  port::Scope scope(thread->context);
  return thread->start(thread->argument);
}

}  // namespace

extern "C" {

/** Called by zookeeper_init on the handle's own thread, for the I/O and the completion thread. */
int libzookeeper_port_pthread_create(pthread_t* thread, const pthread_attr_t* attributes,
                                     void* (*start)(void*), void* argument) {
  port::Context* context = port::Current();
  auto prepared = std::make_unique<ThreadStart>(ThreadStart{context, start, argument});
  const int rc = pthread_create(thread, attributes, RunThread, prepared.get());
  if (rc != 0) return rc;
  // The new thread owns it.
  static_cast<void>(prepared.release());
  if (context != nullptr && start == do_completion) {
    context->completion_thread = *thread;
    context->zhandle = argument;
  }
  return rc;
}

/**
 * Called by zookeeper_close on the handle's own thread. The completion thread is the last to be joined, and leaves behind
 * what it had not come to, the completions of requests that the close itself ends among it: they would never be called,
 * and their memory never freed (trap 1).
 */
int libzookeeper_port_pthread_join(pthread_t thread, void** result) {
  const int rc = pthread_join(thread, result);
  port::Context* context = port::Current();
  if (context != nullptr && context->zhandle != nullptr &&
      pthread_equal(thread, context->completion_thread)) {
    process_completions(static_cast<struct _zhandle*>(context->zhandle));
    context->zhandle = nullptr;
  }
  return rc;
}

/** Called by zookeeper_init. A child process that inherited the pipe would keep it open, and could wake our loop. */
int libzookeeper_port_pipe(int ends[2]) {
#ifdef __linux__
  return pipe2(ends, O_CLOEXEC);
#else
  const int rc = pipe(ends);
  if (rc == 0) {
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
  }
  return rc;
#endif
}

/**
 * The wake-up of the I/O loop, from whichever thread made a request. Its one caller writes a single byte to the
 * self-pipe.
 *
 * A request that is made while there is no connection must not cut the loop's back-off short (trap 26); it waits in the
 * C client's queue for the next attempt. A pipe that is full will wake the loop anyway, so that is success; the C client
 * would cut the connection (trap 20).
 */
ssize_t libzookeeper_port_write(int descriptor, const void* bytes, size_t length) {
  if (port::IsQuiet()) return static_cast<ssize_t>(length);
  ssize_t written;
  do {
    written = write(descriptor, bytes, length);
  } while (written < 0 && errno == EINTR);
  if (written < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return static_cast<ssize_t>(length);
  return written;
}

/** Called on the I/O thread. */
int libzookeeper_port_connect(int descriptor, const struct sockaddr* address, socklen_t length) {
  if (port::Context* context = port::Current()) context->PassGate();
  return connect(descriptor, address, length);
}

/** Called on the I/O thread, and on the handle's own thread by zookeeper_close. */
ssize_t libzookeeper_port_send(int descriptor, const void* bytes, size_t length, int flags) {
  const port::Context* context = port::Current();
  if (context != nullptr && context->muted.load(std::memory_order_acquire)) {
    errno = EPIPE;
    return -1;
  }
  return send(descriptor, bytes, length, flags);
}

/** Called on the handle's own thread by zookeeper_init, and on the I/O thread before each connection attempt. */
int libzookeeper_port_getaddrinfo(const char* node, const char* service,
                                  const struct addrinfo* hints, struct addrinfo** result) {
  port::Context* context = port::Current();
  if (context == nullptr) return EAI_FAIL;
  return context->resolver.Resolve(node, service, hints, result);
}

void libzookeeper_port_freeaddrinfo(struct addrinfo* result) { port::Resolver::Free(result); }

}  // extern "C"
