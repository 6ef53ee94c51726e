/**
 * @file secure_options.h
 * The options `tls` and `sasl`, as lib/secure-options.ts packs them.
 *
 * A packed list is its fields, one after the other, each an int32 length in the machine's byte order and that many bytes.
 */
#ifndef LIBZOOKEEPER_SECURE_OPTIONS_H
#define LIBZOOKEEPER_SECURE_OPTIONS_H

#include <memory>

#include "bytes_argument.h"
#include "port/sasl_settings.h"
#include "port/tls_context.h"

namespace libzookeeper {

/**
 * Reads server name, whether to verify ("1" or "0"), key, certificates, CAs; the last two are packed lists. Null makes no
 * context. JavaScript thread.
 * @return false when they make no sense, which TypeScript's validation excludes
 */
bool ReadTls(const BytesArgument& packed, std::unique_ptr<port::TlsContext>* context);

/** Reads mechanism, service, host, username, realm, password. As above. */
bool ReadSasl(const BytesArgument& packed, std::unique_ptr<port::SaslSettings>* settings);

}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_SECURE_OPTIONS_H
