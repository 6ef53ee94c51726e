#include "xid.h"

#include <time.h>

#include <atomic>
#include <limits>

#define LIBZOOKEEPER_PORT_IMPLEMENTATION
#include "port.h"

namespace {

constexpr int32_t kLargest = std::numeric_limits<int32_t>::max();

/** As the C client begins: two connections of one session are then told apart in a server's log. */
int32_t First() { return static_cast<int32_t>(time(nullptr) & kLargest); }

}  // namespace

extern "C" {

/**
 * In the place of get_xid, for each request, on any thread. The C client counts on beyond the largest number, through the
 * negative ones to those that are reserved, whose replies are no replies (trap 21); this goes back to 1.
 */
int32_t libzookeeper_port_get_xid() {
  static std::atomic<int32_t> next{First()};
  int32_t xid = next.load(std::memory_order_relaxed);
  while (
      !next.compare_exchange_weak(xid, xid == kLargest ? 1 : xid + 1, std::memory_order_relaxed)) {
  }
  return xid;
}

}  // extern "C"
