/**
 * @file constants.h
 * The C library's numbers, and the record layout's, for TypeScript to compare its own with when the addon loads.
 */
#ifndef LIBZOOKEEPER_CONSTANTS_H
#define LIBZOOKEEPER_CONSTANTS_H

#include <node_api.h>

namespace libzookeeper {

/** `{ CreateFlag: { EPHEMERAL: 1, … }, Perm, EventType, State, ErrorCode, LogLevel }`, read from the C library; null when the environment is being stopped. */
napi_value Constants(napi_env env);

/** The offsets and kinds of record_layout.h, under the names that lib/record-layout.ts gives them. */
napi_value RecordLayout(napi_env env);

}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_CONSTANTS_H
