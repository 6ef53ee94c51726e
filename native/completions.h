/**
 * @file completions.h
 * The callbacks that the C client is given: each copies what it is told into the inbox, and returns.
 *
 * They run on the C client's I/O thread, those of zoo_add_auth at times under the handle's lock (trap 9), and on the
 * handle's own thread during zookeeper_close. What they are given lives only while
 * they run (trap 24). Their context is the id of the request, never a pointer; the connection is the running thread's.
 */
#ifndef LIBZOOKEEPER_COMPLETIONS_H
#define LIBZOOKEEPER_COMPLETIONS_H

#include <stdint.h>
#include <zookeeper.h>

namespace libzookeeper {

class Handle;

/** A request's id, as the C client carries it. */
inline const void* AsContext(uint32_t id) {
  return reinterpret_cast<const void*>(static_cast<uintptr_t>(id));
}

/** The id that the C client carried. */
inline uint32_t IdOf(const void* context) {
  return static_cast<uint32_t>(reinterpret_cast<uintptr_t>(context));
}

/** watcher_fn: the one watcher of a connection, for session events and for every watch (section 3 of the design). */
void OnWatch(zhandle_t* zhandle, int type, int state, const char* path, void* context);
/**
 * For the ensemble's configuration below a chroot. Its event goes without a path: the C client takes the chroot off the
 * path of each event, and this node does not lie below it (of `/zookeeper/config` a chroot `/z` would leave `ookeeper/config`).
 */
void OnConfigWatch(zhandle_t* zhandle, int type, int state, const char* path, void* context);

/** Appends a session event that the C client does not give: see OnWatch() for those that it gives. */
void AppendSessionEvent(Handle* handle, zhandle_t* zhandle, int state);

/** data_completion_t */
void OnData(int rc, const char* value, int length, const struct Stat* stat, const void* id);
/** strings_stat_completion_t */
void OnChildren(int rc, const struct String_vector* names, const struct Stat* stat, const void* id);
/** stat_completion_t */
void OnStat(int rc, const struct Stat* stat, const void* id);
/** string_completion_t */
void OnPath(int rc, const char* path, const void* id);
/** string_stat_completion_t */
void OnPathAndStat(int rc, const char* path, const struct Stat* stat, const void* id);
/** acl_completion_t */
void OnAcl(int rc, struct ACL_vector* acl, struct Stat* stat, const void* id);
/** void_completion_t of zoo_amulti; what became of each op is found by the id */
void OnMulti(int rc, const void* id);
/** void_completion_t */
void OnDone(int rc, const void* id);
/**
 * The reply of a request that changed the servers. Handle's own thread.
 * @param resolver_error a code of getaddrinfo that says why there are none, or 0
 */
void OnServersSet(int rc, int resolver_error, uint32_t id);
/** string_completion_t of zoo_async, whose path is of no use */
void OnSynced(int rc, const char* path, const void* id);

}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_COMPLETIONS_H
