/**
 * @file constants.h
 * The C library's numbers, and the record layout's, for TypeScript to compare its own with when the addon loads.
 */
#ifndef LIBZOOKEEPER_CONSTANTS_H
#define LIBZOOKEEPER_CONSTANTS_H

#include <napi.h>

namespace libzookeeper {

/** `{ CreateFlag: { EPHEMERAL: 1, … }, Perm, EventType, State, ErrorCode, LogLevel }`, read from the C library. */
Napi::Object Constants(Napi::Env env);

/** The offsets and kinds of record_layout.h, under the names that lib/record.ts gives them. */
Napi::Object RecordLayout(Napi::Env env);

}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_CONSTANTS_H
