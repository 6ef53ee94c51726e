/**
 * @file xid.h
 * The numbers by which requests and replies find each other.
 */
#ifndef LIBZOOKEEPER_PORT_XID_H
#define LIBZOOKEEPER_PORT_XID_H

#include <stdint.h>

namespace libzookeeper {
namespace port {

// Those that mean something else to client and server: of zk_adaptor.h, which brings in all of the C client.
constexpr int32_t kEventXid = -1;
constexpr int32_t kPingXid = -2;
constexpr int32_t kAuthXid = -4;
constexpr int32_t kSetWatchesXid = -8;

/** Whether it is one of those. */
inline bool IsReserved(int32_t xid) {
  return xid == kEventXid || xid == kPingXid || xid == kAuthXid || xid == kSetWatchesXid;
}

}  // namespace port
}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_PORT_XID_H
