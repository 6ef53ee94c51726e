/**
 * @file open_options.h
 * What a connection is opened with, as lib/native.ts passes it.
 */
#ifndef LIBZOOKEEPER_OPEN_OPTIONS_H
#define LIBZOOKEEPER_OPEN_OPTIONS_H

#include "arguments.h"
#include "handle.h"

namespace libzookeeper {

/**
 * Reads the options from the arguments of `open`, all but the first. JavaScript thread.
 * @return false when they make no sense, which TypeScript's validation excludes
 */
bool ReadOpenOptions(const Arguments& arguments, OpenOptions* options);

}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_OPEN_OPTIONS_H
