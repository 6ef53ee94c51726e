/**
 * @file probe.h
 * Asking a server whether it is read-only.
 */
#ifndef LIBZOOKEEPER_PORT_PROBE_H
#define LIBZOOKEEPER_PORT_PROBE_H

#include "endpoint.h"

namespace libzookeeper {
namespace port {

class Context;

/**
 * Asks with the four-letter word `isro`, on a connection of its own, over TLS where the context has it; it is closed
 * whatever comes of it. Blocks, for so long at the most, or until a close is requested. Handle's own thread.
 *
 * The C client's own probe blocks its I/O thread, for a time that it never set, and keeps the descriptor of a connection
 * that was refused (trap 16): it is not let get a socket.
 * @return whether it answered that it is not
 */
bool IsWritable(Context* context, const Endpoint& address, int timeout_ms);

}  // namespace port
}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_PORT_PROBE_H
