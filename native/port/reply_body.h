/**
 * @file reply_body.h
 * Whether the bodies of replies are what the C client will take them for.
 */
#ifndef LIBZOOKEEPER_PORT_REPLY_BODY_H
#define LIBZOOKEEPER_PORT_REPLY_BODY_H

#include <stdint.h>

#include <vector>

#include "wire_reader.h"

namespace libzookeeper {
namespace port {

/** What is wrong with a frame, for a message: `its stat is cut short`. Null when nothing is. */
using Complaint = const char*;

/**
 * Looks at the body of a reply that tells of success, so that the C client, which ignores what its deserialization says
 * (traps 15 and 29), never meets one that is cut short, nor a length or a count that is not true. What lies behind it is
 * left alone, as the C client leaves it: a newer server may say more.
 *
 * @param type that of the request, from proto.h
 * @param ops the types of a transaction's ops; of no meaning for all other requests
 */
Complaint CheckReplyBody(int32_t type, const std::vector<int32_t>& ops, WireReader* body);

}  // namespace port
}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_PORT_REPLY_BODY_H
