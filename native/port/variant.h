/**
 * @file variant.h
 * Whether the port layer was built with what is there for speed.
 */
#ifndef LIBZOOKEEPER_PORT_VARIANT_H
#define LIBZOOKEEPER_PORT_VARIANT_H

namespace libzookeeper {
namespace port {

/**
 * Whether requests are gathered and replies read ahead, a wake-up is left out where nobody sleeps, and completions are
 * called by the I/O thread. Without, the C client makes as many system calls and has as many threads as it always does.
 */
#ifdef LIBZOOKEEPER_PORT_PLAIN
constexpr bool kIsBuffered = false;
#else
constexpr bool kIsBuffered = true;
#endif

}  // namespace port
}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_PORT_VARIANT_H
