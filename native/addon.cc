/**
 * @file addon.cc
 * The addon's entry, and the functions that lib/native.ts finds in it. All run on the JavaScript thread of the environment
 * that called, and hold its state as their data. What is shared between environments is what the C library itself keeps
 * process-wide: the log's level, and the order of hosts.
 */
#include <netdb.h>
#include <node_api.h>
#include <string.h>
#include <zookeeper.h>

#include "arguments.h"
#include "constants.h"
#include "environment.h"
#include "keep_mapped.h"
#include "log.h"
#include "open_options.h"
#include "port/sasl_library.h"
#include "port/tls_library.h"
#include "requests.h"
#include "text_argument.h"

namespace libzookeeper {

namespace {

Environment* EnvironmentOf(const Arguments& arguments) {
  return static_cast<Environment*>(arguments.data());
}

Client* ClientOf(const Arguments& arguments) {
  return EnvironmentOf(arguments)->Find(arguments.Uint(0));
}

/** A request of a connection; one that does not exist is in no state for it. */
template <int (*Request)(Client*, const Arguments&)>
napi_value CallRequest(napi_env env, napi_callback_info info) {
  const Arguments arguments(env, info);
  Client* client = ClientOf(arguments);
  return ToNumber(env,
                  client == nullptr ? static_cast<int>(ZINVALIDSTATE) : Request(client, arguments));
}

/** open(onBatch, servers, sessionTimeout, resolutionDelay, shuffleAddresses, sessionId, password, credentials, tls, sasl, readOnly): number */
napi_value Open(napi_env env, napi_callback_info info) {
  const Arguments arguments(env, info);
  OpenOptions options;
  if (!ReadOpenOptions(arguments, &options)) return ToNumber(env, -1);
  Client* client = Client::Open(env, arguments[0], std::move(options));
  return ToNumber(env, client == nullptr ? -1 : EnvironmentOf(arguments)->Add(client));
}

/** awaitOpen(client, timeoutMs): OpenResult::State */
napi_value AwaitOpen(napi_env env, napi_callback_info info) {
  const Arguments arguments(env, info);
  Client* client = ClientOf(arguments);
  if (client == nullptr) return ToNumber(env, OpenResult::kFailed);
  return ToNumber(env, client->AwaitOpen(arguments.Int(1)).state);
}

/** openSystemError(client): errno */
napi_value OpenSystemError(napi_env env, napi_callback_info info) {
  Client* client = ClientOf(Arguments(env, info));
  return ToNumber(env, client == nullptr ? 0 : client->AwaitOpen(0).system_error);
}

/** openResolverError(client): a code of getaddrinfo */
napi_value OpenResolverError(napi_env env, napi_callback_info info) {
  Client* client = ClientOf(Arguments(env, info));
  return ToNumber(env, client == nullptr ? 0 : client->AwaitOpen(0).resolver_error);
}

/** close(client): boolean */
napi_value Close(napi_env env, napi_callback_info info) {
  Client* client = ClientOf(Arguments(env, info));
  napi_value closes = nullptr;
  napi_get_boolean(env, client != nullptr && client->Close(), &closes);
  return closes;
}

/** awaitEnd(client, timeoutMs): boolean */
napi_value AwaitEnd(napi_env env, napi_callback_info info) {
  const Arguments arguments(env, info);
  Client* client = ClientOf(arguments);
  napi_value ended = nullptr;
  napi_get_boolean(env, client == nullptr || client->AwaitEnd(arguments.Int(1)), &ended);
  return ended;
}

/** release(client) */
napi_value Release(napi_env env, napi_callback_info info) {
  const Arguments arguments(env, info);
  if (Client* client = ClientOf(arguments)) {
    EnvironmentOf(arguments)->Remove(arguments.Uint(0));
    client->Release();
  }
  return nullptr;
}

/** rearm(client) */
napi_value Rearm(napi_env env, napi_callback_info info) {
  if (Client* client = ClientOf(Arguments(env, info))) client->Rearm();
  return nullptr;
}

/** unref(client) */
napi_value Unref(napi_env env, napi_callback_info info) {
  if (Client* client = ClientOf(Arguments(env, info))) client->Unref();
  return nullptr;
}

/** hasTls(): boolean */
napi_value HasTls(napi_env env, napi_callback_info) {
  napi_value has = nullptr;
  napi_get_boolean(env, port::FindTlsLibrary() != nullptr, &has);
  return has;
}

/** findSasl(mechanism): 0 without the library, 1 without the mechanism, 2 with both */
napi_value FindSasl(napi_env env, napi_callback_info info) {
  const Arguments arguments(env, info);
  const TextArgument mechanism(env, arguments[0]);
  const port::SaslLibrary* library = port::SaslLibrary::Find();
  if (library == nullptr) return ToNumber(env, 0);
  return ToNumber(env, library->Has(mechanism.text()) ? 2 : 1);
}

/** setLogLevel(level) */
napi_value SetLevel(napi_env env, napi_callback_info info) {
  SetLogLevel(Arguments(env, info).Int(0));
  return nullptr;
}

/** errorMessage(code): zerror */
napi_value ErrorMessage(napi_env env, napi_callback_info info) {
  return ToText(env, zerror(Arguments(env, info).Int(0)));
}

/** systemErrorMessage(errno): strerror */
napi_value SystemErrorMessage(napi_env env, napi_callback_info info) {
  return ToText(env, strerror(Arguments(env, info).Int(0)));
}

/** resolverErrorName(code): the name that Node.js gives a code of getaddrinfo */
napi_value ResolverErrorName(napi_env env, napi_callback_info info) {
  switch (Arguments(env, info).Int(0)) {
    case EAI_NONAME:
#if defined(EAI_NODATA) && EAI_NODATA != EAI_NONAME
    case EAI_NODATA:
#endif
      return ToText(env, "ENOTFOUND");
    case EAI_AGAIN:
      return ToText(env, "EAI_AGAIN");
    case EAI_MEMORY:
      return ToText(env, "EAI_MEMORY");
    default:
      return ToText(env, "EAI_FAIL");
  }
}

napi_property_descriptor Function(const char* name, napi_callback function,
                                  Environment* environment) {
  return {name, nullptr, function, nullptr, nullptr, nullptr, napi_enumerable, environment};
}

napi_property_descriptor Value(const char* name, napi_value value) {
  return {name, nullptr, nullptr, nullptr, nullptr, value, napi_enumerable, nullptr};
}

/**
 * Sets what the C library keeps for the whole process. Once: connections of other environments may be reading it, and a
 * worker's must not undo what the first one asked for.
 */
void PrepareLibrary() {
  static const bool prepared = [] {
    // It starts at INFO, to stderr (trap 19).
    SetLogLevel(0);
    // TypeScript shuffles the hosts, and the resolver of each connection the addresses of one name: the C library's own
    // switch would be one for all.
    zoo_deterministic_conn_order(1);
    return true;
  }();
  static_cast<void>(prepared);
}

napi_value Initialise(napi_env env, napi_value exports) {
  KeepMapped();
  PrepareLibrary();
  Environment* environment = Environment::Attach(env);
  const napi_value constants = Constants(env);
  const napi_value record_layout = RecordLayout(env);
  if (environment == nullptr || constants == nullptr || record_layout == nullptr) return exports;
  const napi_property_descriptor properties[] = {
      Function("open", Open, environment),
      Function("awaitOpen", AwaitOpen, environment),
      Function("openSystemError", OpenSystemError, environment),
      Function("openResolverError", OpenResolverError, environment),
      Function("close", Close, environment),
      Function("awaitEnd", AwaitEnd, environment),
      Function("release", Release, environment),
      Function("rearm", Rearm, environment),
      Function("unref", Unref, environment),
      Function("get", CallRequest<requests::Get>, environment),
      Function("children", CallRequest<requests::Children>, environment),
      Function("exists", CallRequest<requests::Exists>, environment),
      Function("create", CallRequest<requests::Create>, environment),
      Function("set", CallRequest<requests::Set>, environment),
      Function("delete", CallRequest<requests::Delete>, environment),
      Function("getAcl", CallRequest<requests::GetAcl>, environment),
      Function("setAcl", CallRequest<requests::SetAcl>, environment),
      Function("sync", CallRequest<requests::Sync>, environment),
      Function("getConfig", CallRequest<requests::GetConfig>, environment),
      Function("reconfig", CallRequest<requests::Reconfig>, environment),
      Function("multi", CallRequest<requests::Multi>, environment),
      Function("setServers", CallRequest<requests::SetServers>, environment),
      Function("addAuth", CallRequest<requests::AddAuth>, environment),
      Function("removeWatches", CallRequest<requests::RemoveWatches>, environment),
      Function("hasTls", HasTls, environment),
      Function("findSasl", FindSasl, environment),
      Function("setLogLevel", SetLevel, environment),
      Function("errorMessage", ErrorMessage, environment),
      Function("systemErrorMessage", SystemErrorMessage, environment),
      Function("resolverErrorName", ResolverErrorName, environment),
      Value("constants", constants),
      Value("recordLayout", record_layout),
  };
  napi_define_properties(env, exports, sizeof properties / sizeof *properties, properties);
  return exports;
}

}  // namespace

}  // namespace libzookeeper

NAPI_MODULE_INIT() { return libzookeeper::Initialise(env, exports); }
