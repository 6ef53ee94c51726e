/**
 * @file completions.h
 * Calling the completions of replies that have come.
 */
#ifndef LIBZOOKEEPER_PORT_COMPLETIONS_H
#define LIBZOOKEEPER_PORT_COMPLETIONS_H

#include "context.h"

/** Of zookeeper.c: calls the completions and watchers that are due. */
extern "C" void process_completions(struct _zhandle* zhandle);

namespace libzookeeper {
namespace port {

/** Calls every completion and watcher that is due. The I/O thread; the handle's own, once that was joined. */
inline void CallCompletions(Context* context) { process_completions(context->zhandle); }

}  // namespace port
}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_PORT_COMPLETIONS_H
