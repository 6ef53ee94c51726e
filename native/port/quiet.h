/**
 * @file quiet.h
 * Whether the running thread's calls into the C client should leave its I/O loop asleep.
 */
#ifndef LIBZOOKEEPER_PORT_QUIET_H
#define LIBZOOKEEPER_PORT_QUIET_H

namespace libzookeeper {
namespace port {

/** True inside a Scope that was opened as quiet. A property of the running thread. */
bool IsQuiet();

}  // namespace port
}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_PORT_QUIET_H
