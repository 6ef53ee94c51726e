/**
 * @file client_requests.cc
 * Client: the requests. Each is one asynchronous call of the C client, whose answer comes through the inbox under the
 * request's id. Paths, lengths and flags were validated by TypeScript.
 */
#include <atomic>

#include "acl.h"
#include "bytes_argument.h"
#include "client.h"
#include "completions.h"
#include "text_argument.h"

/** Of mt_adaptor.c. zoo_add_auth does not call it, and needs to (trap 10). */
extern "C" int wakeup_io_thread(zhandle_t* zhandle);

namespace libzookeeper {

namespace {

bool IsConnected(zhandle_t* zhandle) {
  const int state = zoo_state(zhandle);
  return state == ZOO_CONNECTED_STATE || state == ZOO_READONLY_STATE;
}

/** Why the C client refuses a request: it has one code for three reasons (trap 13). */
int InvalidBecause(zhandle_t* zhandle) {
  const int state = zoo_state(zhandle);
  if (state == ZOO_EXPIRED_SESSION_STATE) return ZSESSIONEXPIRED;
  if (state == ZOO_AUTH_FAILED_STATE) return ZAUTHFAILED;
  // zoo_add_auth, between two attempts to connect.
  return ZCONNECTIONLOSS;
}

uint32_t Id(const Napi::CallbackInfo& info) { return info[0].ToNumber().Uint32Value(); }

/** The list that was given, or the open one for null, which most nodes are created with; null when it makes no sense. */
struct ACL_vector* AclOf(const BytesArgument& packed, AclList* storage) {
  if (!packed.valid()) return nullptr;
  if (packed.length() < 0) return &ZOO_OPEN_ACL_UNSAFE;
  return storage->Parse(packed.bytes(), static_cast<size_t>(packed.length())) ? storage->vector()
                                                                              : nullptr;
}

/** The watcher to register: the connection's one, or none. */
watcher_fn Watcher(const Napi::Value& wanted) {
  return wanted.ToBoolean().Value() ? OnWatch : nullptr;
}

}  // namespace

zhandle_t* Client::UsableHandle() const {
  return handle_ == nullptr || closing_ ? nullptr : handle_->zhandle();
}

/**
 * Makes one call of the C client. While there is no connection the call is a quiet one (trap 26): it waits in the C
 * client's queue for the next attempt, and fails with that.
 */
template <typename Request>
Napi::Value Client::Submit(const Napi::CallbackInfo& info, Request request) {
  Napi::Env env = info.Env();
  zhandle_t* zhandle = UsableHandle();
  if (zhandle == nullptr) return Napi::Number::New(env, ZINVALIDSTATE);
  const bool quiet = !IsConnected(zhandle);
  int rc;
  {
    port::Scope scope(&handle_->port(), quiet);
    rc = request(zhandle);
  }
  if (quiet && rc == ZOK) {
    // Had the connection come about meanwhile, the I/O thread might sleep on what was just queued.
    std::atomic_thread_fence(std::memory_order_seq_cst);
    if (IsConnected(zhandle)) wakeup_io_thread(zhandle);
  }
  return Napi::Number::New(env, rc == ZINVALIDSTATE ? InvalidBecause(zhandle) : rc);
}

Napi::Value Client::Get(const Napi::CallbackInfo& info) {
  const TextArgument path(info.Env(), info[1]);
  return Submit(info, [&](zhandle_t* zhandle) {
    if (!path.valid()) return static_cast<int>(ZBADARGUMENTS);
    return zoo_awget(zhandle, path.text(), Watcher(info[2]), nullptr, OnData, AsContext(Id(info)));
  });
}

Napi::Value Client::Children(const Napi::CallbackInfo& info) {
  const TextArgument path(info.Env(), info[1]);
  return Submit(info, [&](zhandle_t* zhandle) {
    if (!path.valid()) return static_cast<int>(ZBADARGUMENTS);
    return zoo_awget_children2(zhandle, path.text(), Watcher(info[2]), nullptr, OnChildren,
                               AsContext(Id(info)));
  });
}

Napi::Value Client::Exists(const Napi::CallbackInfo& info) {
  const TextArgument path(info.Env(), info[1]);
  return Submit(info, [&](zhandle_t* zhandle) {
    if (!path.valid()) return static_cast<int>(ZBADARGUMENTS);
    return zoo_awexists(zhandle, path.text(), Watcher(info[2]), nullptr, OnStat,
                        AsContext(Id(info)));
  });
}

Napi::Value Client::Create(const Napi::CallbackInfo& info) {
  const TextArgument path(info.Env(), info[1]);
  const BytesArgument data(info.Env(), info[2]);
  const BytesArgument packed_acl(info.Env(), info[3]);
  const int mode = info[4].ToNumber().Int32Value();
  const int64_t ttl_ms = info[5].ToNumber().Int64Value();
  const bool with_stat = info[6].ToBoolean().Value();
  AclList storage;
  const struct ACL_vector* acl = AclOf(packed_acl, &storage);
  return Submit(info, [&](zhandle_t* zhandle) {
    if (!path.valid() || !data.valid() || acl == nullptr) return static_cast<int>(ZBADARGUMENTS);
    const void* id = AsContext(Id(info));
    return with_stat ? zoo_acreate2_ttl(zhandle, path.text(), data.bytes(), data.length(), acl,
                                        mode, ttl_ms, OnPathAndStat, id)
                     : zoo_acreate_ttl(zhandle, path.text(), data.bytes(), data.length(), acl, mode,
                                       ttl_ms, OnPath, id);
  });
}

Napi::Value Client::Set(const Napi::CallbackInfo& info) {
  const TextArgument path(info.Env(), info[1]);
  const BytesArgument data(info.Env(), info[2]);
  const int version = info[3].ToNumber().Int32Value();
  return Submit(info, [&](zhandle_t* zhandle) {
    if (!path.valid() || !data.valid()) return static_cast<int>(ZBADARGUMENTS);
    return zoo_aset(zhandle, path.text(), data.bytes(), data.length(), version, OnStat,
                    AsContext(Id(info)));
  });
}

Napi::Value Client::Delete(const Napi::CallbackInfo& info) {
  const TextArgument path(info.Env(), info[1]);
  const int version = info[2].ToNumber().Int32Value();
  return Submit(info, [&](zhandle_t* zhandle) {
    if (!path.valid()) return static_cast<int>(ZBADARGUMENTS);
    return zoo_adelete(zhandle, path.text(), version, OnDone, AsContext(Id(info)));
  });
}

Napi::Value Client::GetAcl(const Napi::CallbackInfo& info) {
  const TextArgument path(info.Env(), info[1]);
  return Submit(info, [&](zhandle_t* zhandle) {
    if (!path.valid()) return static_cast<int>(ZBADARGUMENTS);
    return zoo_aget_acl(zhandle, path.text(), OnAcl, AsContext(Id(info)));
  });
}

Napi::Value Client::SetAcl(const Napi::CallbackInfo& info) {
  const TextArgument path(info.Env(), info[1]);
  const BytesArgument packed_acl(info.Env(), info[2]);
  const int version = info[3].ToNumber().Int32Value();
  AclList storage;
  struct ACL_vector* acl = AclOf(packed_acl, &storage);
  return Submit(info, [&](zhandle_t* zhandle) {
    if (!path.valid() || acl == nullptr) return static_cast<int>(ZBADARGUMENTS);
    return zoo_aset_acl(zhandle, path.text(), version, acl, OnDone, AsContext(Id(info)));
  });
}

Napi::Value Client::Sync(const Napi::CallbackInfo& info) {
  const TextArgument path(info.Env(), info[1]);
  return Submit(info, [&](zhandle_t* zhandle) {
    if (!path.valid()) return static_cast<int>(ZBADARGUMENTS);
    return zoo_async(zhandle, path.text(), OnSynced, AsContext(Id(info)));
  });
}

Napi::Value Client::AddAuth(const Napi::CallbackInfo& info) {
  const TextArgument scheme(info.Env(), info[1]);
  const BytesArgument certificate(info.Env(), info[2]);
  return Submit(info, [&](zhandle_t* zhandle) {
    if (!scheme.valid() || !certificate.valid()) return static_cast<int>(ZBADARGUMENTS);
    const int rc = zoo_add_auth(zhandle, scheme.text(), certificate.bytes(), certificate.length(),
                                OnDone, AsContext(Id(info)));
    if (rc == ZOK) wakeup_io_thread(zhandle);
    return rc;
  });
}

Napi::Value Client::RemoveWatches(const Napi::CallbackInfo& info) {
  const TextArgument path(info.Env(), info[1]);
  const auto type = static_cast<ZooWatcherType>(info[2].ToNumber().Int32Value());
  return Submit(info, [&](zhandle_t* zhandle) {
    if (!path.valid()) return static_cast<int>(ZBADARGUMENTS);
    // The parameter is declared as a pointer to a completion, and taken for a completion.
    return zoo_aremove_all_watches(zhandle, path.text(), type, 0,
                                   reinterpret_cast<void_completion_t*>(OnDone),
                                   AsContext(Id(info)));
  });
}

Napi::Function Client::Define(Napi::Env env) {
  return DefineClass(env, "Client",
                     {
                         InstanceMethod<&Client::Open>("open"),
                         InstanceMethod<&Client::Close>("close"),
                         InstanceMethod<&Client::Release>("release"),
                         InstanceMethod<&Client::Unref>("unref"),
                         InstanceMethod<&Client::Get>("get"),
                         InstanceMethod<&Client::Children>("children"),
                         InstanceMethod<&Client::Exists>("exists"),
                         InstanceMethod<&Client::Create>("create"),
                         InstanceMethod<&Client::Set>("set"),
                         InstanceMethod<&Client::Delete>("delete"),
                         InstanceMethod<&Client::GetAcl>("getAcl"),
                         InstanceMethod<&Client::SetAcl>("setAcl"),
                         InstanceMethod<&Client::Sync>("sync"),
                         InstanceMethod<&Client::AddAuth>("addAuth"),
                         InstanceMethod<&Client::RemoveWatches>("removeWatches"),
                     });
}

}  // namespace libzookeeper
