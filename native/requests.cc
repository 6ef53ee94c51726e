/**
 * @file requests.cc
 * The requests. Each is one asynchronous call of the C client, whose answer comes through the inbox under the request's id.
 * Paths, lengths and flags were validated by TypeScript.
 */
#include "requests.h"

#include "acl.h"
#include "bytes_argument.h"
#include "completions.h"
#include "multi.h"
#include "port/dispatch.h"
#include "port/ledger.h"
#include "text_argument.h"

namespace libzookeeper {
namespace requests {

namespace {

/** Why the C client refuses a request: it has one code for three reasons (trap 13). */
int InvalidBecause(zhandle_t* zhandle) {
  const int state = zoo_state(zhandle);
  if (state == ZOO_EXPIRED_SESSION_STATE) return ZSESSIONEXPIRED;
  if (state == ZOO_AUTH_FAILED_STATE) return ZAUTHFAILED;
  // zoo_add_auth, between two attempts to connect.
  return ZCONNECTIONLOSS;
}

/** Arguments of all requests: the client, the request's id, then its own. */
const void* Id(const Arguments& arguments) { return AsContext(arguments.Uint(1)); }

/** The list that was given, or the open one for null, which most nodes are created with; null when it makes no sense. */
struct ACL_vector* AclOf(const BytesArgument& packed, AclList* storage) {
  if (!packed.valid()) return nullptr;
  if (packed.length() < 0) return &ZOO_OPEN_ACL_UNSAFE;
  return storage->Parse(packed.bytes(), static_cast<size_t>(packed.length())) ? storage->vector()
                                                                              : nullptr;
}

/** A list, or null where it has nothing in it: the server tells the two apart. */
const char* TextOrNull(const TextArgument& list) {
  return list.length() == 0 ? nullptr : list.text();
}

/** The watcher to register: the connection's one, or none. */
watcher_fn Watcher(bool is_wanted) { return is_wanted ? OnWatch : nullptr; }

/** Makes one call of the C client, and has what it queued sent, which for zoo_add_auth it would not do itself (trap 10). */
template <typename Request>
int Submit(Client* client, Request request) {
  zhandle_t* zhandle = client->zhandle();
  if (zhandle == nullptr) return ZINVALIDSTATE;
  port::Coalescing& coalescing = client->port()->coalescing;
  coalescing.Requested();
  int rc;
  {
    const port::Scope scope(client->port(), true);
    rc = request(zhandle);
  }
  if (rc == ZOK) {
    port::Dispatch(client->port());
  } else {
    coalescing.Refused();
  }
  return rc == ZINVALIDSTATE ? InvalidBecause(zhandle) : rc;
}

}  // namespace

int Get(Client* client, const Arguments& arguments) {
  const TextArgument path(arguments.env(), arguments[2]);
  return Submit(client, [&](zhandle_t* zhandle) {
    if (!path.valid()) return static_cast<int>(ZBADARGUMENTS);
    return zoo_awget(zhandle, path.text(), Watcher(arguments.Bool(3)), nullptr, OnData,
                     Id(arguments));
  });
}

int Children(Client* client, const Arguments& arguments) {
  const TextArgument path(arguments.env(), arguments[2]);
  return Submit(client, [&](zhandle_t* zhandle) {
    if (!path.valid()) return static_cast<int>(ZBADARGUMENTS);
    return zoo_awget_children2(zhandle, path.text(), Watcher(arguments.Bool(3)), nullptr,
                               OnChildren, Id(arguments));
  });
}

int Exists(Client* client, const Arguments& arguments) {
  const TextArgument path(arguments.env(), arguments[2]);
  return Submit(client, [&](zhandle_t* zhandle) {
    if (!path.valid()) return static_cast<int>(ZBADARGUMENTS);
    return zoo_awexists(zhandle, path.text(), Watcher(arguments.Bool(3)), nullptr, OnStat,
                        Id(arguments));
  });
}

int Create(Client* client, const Arguments& arguments) {
  const TextArgument path(arguments.env(), arguments[2]);
  const BytesArgument data(arguments.env(), arguments[3]);
  const BytesArgument packed_acl(arguments.env(), arguments[4]);
  const int mode = arguments.Int(5);
  const int64_t ttl_ms = arguments.Long(6);
  const bool with_stat = arguments.Bool(7);
  AclList storage;
  const struct ACL_vector* acl = AclOf(packed_acl, &storage);
  return Submit(client, [&](zhandle_t* zhandle) {
    if (!path.valid() || !data.valid() || acl == nullptr) return static_cast<int>(ZBADARGUMENTS);
    const void* id = Id(arguments);
    return with_stat ? zoo_acreate2_ttl(zhandle, path.text(), data.bytes(), data.length(), acl,
                                        mode, ttl_ms, OnPathAndStat, id)
                     : zoo_acreate_ttl(zhandle, path.text(), data.bytes(), data.length(), acl, mode,
                                       ttl_ms, OnPath, id);
  });
}

int Set(Client* client, const Arguments& arguments) {
  const TextArgument path(arguments.env(), arguments[2]);
  const BytesArgument data(arguments.env(), arguments[3]);
  const int version = arguments.Int(4);
  return Submit(client, [&](zhandle_t* zhandle) {
    if (!path.valid() || !data.valid()) return static_cast<int>(ZBADARGUMENTS);
    return zoo_aset(zhandle, path.text(), data.bytes(), data.length(), version, OnStat,
                    Id(arguments));
  });
}

int Delete(Client* client, const Arguments& arguments) {
  const TextArgument path(arguments.env(), arguments[2]);
  const int version = arguments.Int(3);
  return Submit(client, [&](zhandle_t* zhandle) {
    if (!path.valid()) return static_cast<int>(ZBADARGUMENTS);
    return zoo_adelete(zhandle, path.text(), version, OnDone, Id(arguments));
  });
}

int GetAcl(Client* client, const Arguments& arguments) {
  const TextArgument path(arguments.env(), arguments[2]);
  return Submit(client, [&](zhandle_t* zhandle) {
    if (!path.valid()) return static_cast<int>(ZBADARGUMENTS);
    return zoo_aget_acl(zhandle, path.text(), OnAcl, Id(arguments));
  });
}

int SetAcl(Client* client, const Arguments& arguments) {
  const TextArgument path(arguments.env(), arguments[2]);
  const BytesArgument packed_acl(arguments.env(), arguments[3]);
  const int version = arguments.Int(4);
  AclList storage;
  struct ACL_vector* acl = AclOf(packed_acl, &storage);
  return Submit(client, [&](zhandle_t* zhandle) {
    if (!path.valid() || acl == nullptr) return static_cast<int>(ZBADARGUMENTS);
    return zoo_aset_acl(zhandle, path.text(), version, acl, OnDone, Id(arguments));
  });
}

int Sync(Client* client, const Arguments& arguments) {
  const TextArgument path(arguments.env(), arguments[2]);
  return Submit(client, [&](zhandle_t* zhandle) {
    if (!path.valid()) return static_cast<int>(ZBADARGUMENTS);
    return zoo_async(zhandle, path.text(), OnSynced, Id(arguments));
  });
}

int GetConfig(Client* client, const Arguments& arguments) {
  const watcher_fn watcher = arguments.Bool(3) ? OnConfigWatch : OnWatch;
  return Submit(client, [&](zhandle_t* zhandle) {
    return zoo_awgetconfig(zhandle, arguments.Bool(2) ? watcher : nullptr, nullptr, OnData,
                           Id(arguments));
  });
}

int Reconfig(Client* client, const Arguments& arguments) {
  const TextArgument joining(arguments.env(), arguments[2]);
  const TextArgument leaving(arguments.env(), arguments[3]);
  const TextArgument members(arguments.env(), arguments[4]);
  const int64_t version = arguments.BigInt(5);
  return Submit(client, [&](zhandle_t* zhandle) {
    if (!joining.valid() || !leaving.valid() || !members.valid()) {
      return static_cast<int>(ZBADARGUMENTS);
    }
    return zoo_areconfig(zhandle, TextOrNull(joining), TextOrNull(leaving), TextOrNull(members),
                         version, OnData, Id(arguments));
  });
}

int Multi(Client* client, const Arguments& arguments) {
  const uint32_t id = arguments.Uint(1);
  const BytesArgument packed(arguments.env(), arguments[2]);
  MultiOps ops;
  const bool valid = packed.valid() && packed.length() >= 0 &&
                     ops.Parse(packed.bytes(), static_cast<size_t>(packed.length()));
  return Submit(client, [&](zhandle_t* zhandle) {
    if (!valid) return static_cast<int>(ZBADARGUMENTS);
    zoo_op_result_t* results = client->multis()->Put(id, ops.TakeResults());
    // Where the session has ended, or ends while this runs, it frees what it never allocated, and twice (trap 6).
    port::Ledger ledger;
    const int rc = zoo_amulti(zhandle, ops.count(), ops.ops(), results, OnMulti, Id(arguments));
    if (rc == ZOK) return rc;
    ledger.Undo();
    client->multis()->Take(id);
    return is_unrecoverable(zhandle) == ZOK ? rc : static_cast<int>(ZINVALIDSTATE);
  });
}

int SetServers(Client* client, const Arguments& arguments) {
  const TextArgument servers(arguments.env(), arguments[2]);
  if (!servers.valid()) return ZBADARGUMENTS;
  return client->SetServers(arguments.Uint(1), servers.text());
}

int AddAuth(Client* client, const Arguments& arguments) {
  const TextArgument scheme(arguments.env(), arguments[2]);
  const BytesArgument certificate(arguments.env(), arguments[3]);
  return Submit(client, [&](zhandle_t* zhandle) {
    if (!scheme.valid() || !certificate.valid()) return static_cast<int>(ZBADARGUMENTS);
    return zoo_add_auth(zhandle, scheme.text(), certificate.bytes(), certificate.length(), OnDone,
                        Id(arguments));
  });
}

int RemoveWatches(Client* client, const Arguments& arguments) {
  const TextArgument path(arguments.env(), arguments[2]);
  const auto type = static_cast<ZooWatcherType>(arguments.Int(3));
  return Submit(client, [&](zhandle_t* zhandle) {
    if (!path.valid()) return static_cast<int>(ZBADARGUMENTS);
    // The parameter is declared as a pointer to a completion, and taken for a completion.
    return zoo_aremove_all_watches(zhandle, path.text(), type, 0,
                                   reinterpret_cast<void_completion_t*>(OnDone), Id(arguments));
  });
}

}  // namespace requests
}  // namespace libzookeeper
