/**
 * @file set_watches.h
 * Splitting the request that sets watches again after a reconnection.
 */
#ifndef LIBZOOKEEPER_PORT_SET_WATCHES_H
#define LIBZOOKEEPER_PORT_SET_WATCHES_H

#include <stddef.h>

#include <vector>

namespace libzookeeper {
namespace port {

/**
 * The C client sets all its watches with one request, which a server refuses above its jute.maxbuffer, by closing the
 * connection: it would reconnect for ever (trap 5). The Java client sends as many as it takes, of 128 KiB each; so does
 * this. Each has the same zxid, so that no change is missed, and the same reserved xid, whose replies the C client drops.
 *
 * @param request a request without its length prefix
 * @return several requests, each behind its length prefix; nothing if this one can be sent as it is
 */
std::vector<char> SplitSetWatches(const char* request, size_t length);

}  // namespace port
}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_PORT_SET_WATCHES_H
