/**
 * @file keep_mapped.h
 * The C client registers a destructor with pthread_key_create, and its threads may outlive the environment that started
 * them: the addon must stay mapped when a worker that loaded it ends.
 */
#ifndef LIBZOOKEEPER_KEEP_MAPPED_H
#define LIBZOOKEEPER_KEEP_MAPPED_H

namespace libzookeeper {

/** Keeps the addon mapped to the end of the process. Where the linker could be told so (-z nodelete), does nothing. */
void KeepMapped();

}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_KEEP_MAPPED_H
