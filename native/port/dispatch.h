/**
 * @file dispatch.h
 * Who sends a request that was just made.
 */
#ifndef LIBZOOKEEPER_PORT_DISPATCH_H
#define LIBZOOKEEPER_PORT_DISPATCH_H

namespace libzookeeper {
namespace port {

class Context;

/**
 * Has what the running thread queued with the C client sent: by this thread, if nothing else is in flight and the I/O thread
 * sleeps; otherwise by the I/O thread, which is woken if it sleeps. While there is no connection nothing is done: a request
 * must not cut the loop's back-off short (trap 26), and waits in the C client's queue for the next attempt.
 *
 * Stands for the wake-up at the end of each of the C client's calls, which is to be made in a quiet Scope. JavaScript thread.
 */
void Dispatch(Context* context);

}  // namespace port
}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_PORT_DISPATCH_H
