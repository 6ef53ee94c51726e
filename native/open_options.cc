#include "open_options.h"

#include <string.h>

#include "acl.h"
#include "bytes_argument.h"
#include "secure_options.h"
#include "text_argument.h"

namespace libzookeeper {

namespace {

/** Credentials are packed as an access control list is: scheme and certificate for scheme and id. */
bool ReadCredentials(const BytesArgument& packed, std::vector<Credential>* credentials) {
  AclList list;
  if (!packed.valid() || packed.length() < 0) return false;
  if (!list.Parse(packed.bytes(), static_cast<size_t>(packed.length()))) return false;
  for (size_t i = 0; i < list.size(); ++i) {
    credentials->push_back(Credential{list.scheme(i), list.id(i)});
  }
  list.Overwrite();
  return true;
}

}  // namespace

bool ReadOpenOptions(const Arguments& arguments, OpenOptions* options) {
  const TextArgument servers(arguments.env(), arguments[1]);
  const BytesArgument password(arguments.env(), arguments[6]);
  const BytesArgument credentials(arguments.env(), arguments[7]);
  if (!servers.valid() || !password.valid()) return false;
  options->servers = servers.text();
  options->session_timeout_ms = arguments.Int(2);
  options->resolution_delay_ms = arguments.Int(3);
  options->shuffle_addresses = arguments.Bool(4);
  options->read_only = arguments.Bool(10);
  options->max_frame = arguments.Int(11);
  options->has_client_id = password.length() >= 0;
  if (options->has_client_id) {
    if (password.length() != sizeof options->client_id.passwd) return false;
    options->client_id.client_id = arguments.BigInt(5);
    memcpy(options->client_id.passwd, password.bytes(), sizeof options->client_id.passwd);
  }
  return ReadCredentials(credentials, &options->credentials) &&
         ReadTls(BytesArgument(arguments.env(), arguments[8]), &options->tls) &&
         ReadSasl(BytesArgument(arguments.env(), arguments[9]), &options->sasl);
}

}  // namespace libzookeeper
