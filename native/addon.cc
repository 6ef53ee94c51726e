/**
 * @file addon.cc
 * The addon's entry: what lib/native.ts finds in it. State is per environment; nothing here is shared between the main
 * thread and workers but what the C library itself keeps process-wide (the log's level, the order of hosts).
 */
#include <napi.h>
#include <netdb.h>
#include <string.h>
#include <zookeeper.h>

#include "client.h"
#include "constants.h"
#include "log.h"

namespace libzookeeper {

class Addon : public Napi::Addon<Addon> {
 public:
  Addon(Napi::Env env, Napi::Object exports) {
    QuietLog();
    // TypeScript shuffles the hosts, and the resolver of each connection the addresses of one name: the C library's own
    // switch would be one for the whole process.
    zoo_deterministic_conn_order(1);
    DefineAddon(exports, {
                             InstanceValue("Client", Client::Define(env)),
                             InstanceValue("constants", Constants(env)),
                             InstanceValue("recordLayout", RecordLayout(env)),
                             InstanceMethod<&Addon::SetLevel>("setLogLevel"),
                             InstanceMethod<&Addon::ErrorMessage>("errorMessage"),
                             InstanceMethod<&Addon::SystemErrorMessage>("systemErrorMessage"),
                             InstanceMethod<&Addon::ResolverErrorName>("resolverErrorName"),
                         });
  }

 private:
  void SetLevel(const Napi::CallbackInfo& info) { SetLogLevel(info[0].ToNumber().Int32Value()); }

  /** zerror */
  Napi::Value ErrorMessage(const Napi::CallbackInfo& info) {
    return Napi::String::New(info.Env(), zerror(info[0].ToNumber().Int32Value()));
  }

  /** strerror, of an errno. */
  Napi::Value SystemErrorMessage(const Napi::CallbackInfo& info) {
    return Napi::String::New(info.Env(), strerror(info[0].ToNumber().Int32Value()));
  }

  /** The name that Node.js gives an EAI_* code. */
  Napi::Value ResolverErrorName(const Napi::CallbackInfo& info) {
    const char* name = "EAI_FAIL";
    switch (info[0].ToNumber().Int32Value()) {
      case EAI_NONAME:
#if defined(EAI_NODATA) && EAI_NODATA != EAI_NONAME
      case EAI_NODATA:
#endif
        name = "ENOTFOUND";
        break;
      case EAI_AGAIN:
        name = "EAI_AGAIN";
        break;
      case EAI_MEMORY:
        name = "EAI_MEMORY";
        break;
    }
    return Napi::String::New(info.Env(), name);
  }
};

NODE_API_ADDON(Addon)

}  // namespace libzookeeper
