#include "dispatch.h"

#include <zookeeper.h>

#include <atomic>

#include "client_internals.h"
#include "context.h"
#include "variant.h"

/** Of zookeeper.c and mt_adaptor.c, beyond the C client's header. */
extern "C" {
int flush_send_queue(zhandle_t* zhandle, int timeout);
int wakeup_io_thread(zhandle_t* zhandle);
}

namespace libzookeeper {
namespace port {

namespace {

/** A larger request, in bytes, would hold the JavaScript thread up for longer than to wake another does. */
constexpr int kLargestLone = 16 * 1024;

bool IsConnected(zhandle_t* zhandle) {
  const int state = zoo_state(zhandle);
  return state == ZOO_CONNECTED_STATE || state == ZOO_READONLY_STATE;
}

/** @return whether all of it went; what is left, or why it failed, is for the I/O thread */
bool SendLone(Context* context) {
  if (!kIsBuffered || !context->coalescing.IsLone()) return false;
  return context->lending.Borrow([context] {
    if (libzookeeper_next_length(context->zhandle) > kLargestLone) return false;
    flush_send_queue(context->zhandle, 0);
    context->stream.Flush();
    return !context->stream.HasUnsent() && !context->stream.HasRead();
  });
}

}  // namespace

void Dispatch(Context* context) {
  // Whoever finds the connection just made, and the queue empty, has not seen what was queued before this.
  std::atomic_thread_fence(std::memory_order_seq_cst);
  if (!IsConnected(context->zhandle)) return;
  const Scope scope(context);
  if (!SendLone(context)) wakeup_io_thread(context->zhandle);
}

}  // namespace port
}  // namespace libzookeeper
