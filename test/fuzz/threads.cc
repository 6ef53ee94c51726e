/**
 * @file threads.cc
 * In the place of native/port/threads.cc: the C client gets no threads, and thinks it has. The fuzzer's thread is all of them.
 */
#define LIBZOOKEEPER_PORT_IMPLEMENTATION
#include <zk_adaptor.h>

#include "port/completions.h"
#include "port/context.h"
#include "port/port.h"

namespace port = libzookeeper::port;

extern "C" {

// Of mt_adaptor.c.
void* do_io(void* zhandle);

int libzookeeper_port_pthread_create(pthread_t* thread, const pthread_attr_t*,
                                     void* (*start)(void*), void* argument) {
  auto* zhandle = static_cast<struct _zhandle*>(argument);
  if (start == do_io) port::Current()->zhandle = zhandle;
  // Each of the two holds a reference to the handle until it is joined.
  api_prolog(zhandle);
  // The C client waits until both have reported for duty.
  --static_cast<struct adaptor_threads*>(zhandle->adaptor_priv)->threadsToWait;
  // Not the running thread's: zookeeper_close would not join that.
  *thread = reinterpret_cast<pthread_t>(thread);
  return 0;
}

int libzookeeper_port_pthread_join(pthread_t, void**) {
  port::Context* context = port::Current();
  port::CallCompletions(context);
  api_epilog(context->zhandle, 0);
  return 0;
}

}  // extern "C"
