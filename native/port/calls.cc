/**
 * @file calls.cc
 * The system calls of the C client, as port.h maps them. Each says which thread of the C client makes it.
 */
#define LIBZOOKEEPER_PORT_IMPLEMENTATION
#include <errno.h>

#include "context.h"
#include "port.h"
#include "quiet.h"

namespace port = libzookeeper::port;

extern "C" {

/** Called by zookeeper_init, on the handle's own thread, which has obtained what it needs. */
int libzookeeper_port_pipe(int ends[2]) {
  port::Context* context = port::Current();
  if (context == nullptr) return port::OpenPipe(ends);
  if (!context->provisions.TakePipe(ends) && port::OpenPipe(ends) != 0) return -1;
  context->wakeup.Attach(ends[0], ends[1]);
  return 0;
}

/**
 * The wake-up of the I/O loop. Its one caller writes a single byte to the self-pipe; a thread that is not asleep needs none.
 * Requests are quiet, since dispatch.h sees to them. A pipe that is full will wake the loop anyway, so that is success; the C
 * client would cut the connection (trap 20).
 */
ssize_t libzookeeper_port_write(int descriptor, const void* bytes, size_t length) {
  const auto written = static_cast<ssize_t>(length);
  if (port::IsQuiet()) return written;
  port::Context* context = port::Current();
  const bool is_ours = context != nullptr && context->wakeup.IsWriteEnd(descriptor);
  const bool woke =
      is_ours ? context->wakeup.Call() : port::Wakeup::Write(descriptor, bytes, length);
  return woke ? written : -1;
}

/**
 * Called on the handle's own thread by zookeeper_init and zoo_set_servers, and on the I/O thread before each attempt to
 * connect. Where zoo_set_servers is only to take in names, it is told of no address, and leaves all else as it is.
 */
int libzookeeper_port_getaddrinfo(const char* node, const char* service,
                                  const struct addrinfo* hints, struct addrinfo** result) {
  port::Context* context = port::Current();
  if (context == nullptr) return EAI_FAIL;
  *result = nullptr;
  if (port::IsNamesOnly()) return 0;
  std::vector<port::Endpoint> addresses;
  const int rc = context->resolver.Resolve(node, service, hints, &addresses);
  context->servers.MakeOdd(port::Host{node, service}, &addresses);
  if (addresses.empty()) return rc;
  *result = port::Resolver::ToAddrinfo(addresses);
  return 0;
}

void libzookeeper_port_freeaddrinfo(struct addrinfo* result) { port::Resolver::Free(result); }

}  // extern "C"
