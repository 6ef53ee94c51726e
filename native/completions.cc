#include "completions.h"

#include <string.h>

#include "acl.h"
#include "handle.h"
#include "packed.h"
#include "port/replies.h"
#include "port/reply_memory.h"
#include "record_layout.h"
#include "server_address.h"
#include "stat.h"

namespace libzookeeper {

namespace {

/** A reply without its payload: what all replies have in common. */
struct Reply {
  int rc;
  const void* id;
  const struct Stat* stat;
  record::Payload payload;
  int32_t count;

  bool has_stat() const { return rc == ZOK && stat != nullptr; }
  size_t fixed_bytes() const {
    return has_stat() ? record::kReplyBytes : record::kReplyBytesWithoutStat;
  }
};

/** Fills in the record of a reply whose payload has `length` bytes. */
void PutReply(char* bytes, const Reply& reply, size_t length, int32_t blob) {
  Put<uint32_t>(bytes, record::kReplyId, IdOf(reply.id));
  Put<int32_t>(bytes, record::kReplyCode, reply.rc);
  Put<int32_t>(bytes, record::kReplyPayload, reply.payload);
  Put<int32_t>(bytes, record::kReplyHasStat, reply.has_stat() ? 1 : 0);
  Put<int32_t>(bytes, record::kReplyCount, reply.count);
  Put<uint32_t>(bytes, record::kReplyLength, static_cast<uint32_t>(length));
  Put<int32_t>(bytes, record::kReplyBlob, blob);
  if (reply.has_stat()) PackStat(bytes + record::kReplyStat, *reply.stat);
}

/** @param copy copies the payload's `length` bytes: `copy(char* destination)`. */
template <typename Copy>
void AppendReply(Handle* handle, const Reply& reply, size_t length, Copy copy) {
  handle->inbox().Append(
      record::kReply, reply.fixed_bytes(), length,
      [&](char* bytes, int32_t blob) { PutReply(bytes, reply, length, blob); }, copy,
      reply.payload == record::kChildren);
}

/** The connection whose request is answered now; null on a thread that works for none. */
Handle* Replied() {
  Handle* handle = Handle::Current();
  if (handle != nullptr) handle->port().coalescing.Replied();
  return handle;
}

/** The reply to a request of the C client's. */
template <typename Copy>
void AppendReply(const Reply& reply, size_t length, Copy copy) {
  if (Handle* handle = Replied()) AppendReply(handle, reply, length, copy);
}

/** The same, with the memory of the frame as the payload. @return whether that was to be had */
bool AppendFrame(const Reply& reply, const char* data, size_t length) {
  if (length < port::kSmallestHandedOver) return false;
  Bytes memory(port::HandOverFrame(data));
  if (memory == nullptr) return false;
  if (Handle* handle = Replied()) {
    handle->inbox().AppendBlob(
        record::kReply, reply.fixed_bytes(),
        Blob{std::move(memory), const_cast<char*>(data), length, false},
        [&](char* bytes, int32_t blob) { PutReply(bytes, reply, length, blob); });
  }
  return true;
}

void AppendReply(int rc, const void* id, const struct Stat* stat = nullptr) {
  AppendReply(Reply{rc, id, stat, record::kNone, 0}, 0, [](char*) {});
}

void AppendWatchEvent(Handle* handle, int type, int state, const char* path) {
  const size_t length = path == nullptr ? 0 : strlen(path);
  handle->inbox().Append(
      record::kEvent, record::kEventBytes, length,
      [&](char* bytes, int32_t blob) {
        Put<int32_t>(bytes, record::kEventType, type);
        Put<int32_t>(bytes, record::kEventState, state);
        Put<uint32_t>(bytes, record::kEventLength, static_cast<uint32_t>(length));
        Put<int32_t>(bytes, record::kEventBlob, blob);
      },
      [&](char* bytes) { memcpy(bytes, path, length); });
}

}  // namespace

void AppendSessionEvent(Handle* handle, zhandle_t* zhandle, int state) {
  const clientid_t* client_id = zoo_client_id(zhandle);
  const ServerAddress server(handle->port().socket, state);
  handle->inbox().Append(
      record::kSession, record::kSessionBytes, server.length(),
      [&](char* bytes, int32_t) {
        Put<int32_t>(bytes, record::kSessionState, state);
        Put<int32_t>(bytes, record::kSessionTimeout, zoo_recv_timeout(zhandle));
        Put<int64_t>(bytes, record::kSessionId, client_id->client_id);
        memcpy(bytes + record::kSessionPassword, client_id->passwd, sizeof client_id->passwd);
        Put<uint32_t>(bytes, record::kSessionLength, static_cast<uint32_t>(server.length()));
      },
      [&](char* bytes) { memcpy(bytes, server.text(), server.length()); });
  handle->NoteSession(state);
}

void OnWatch(zhandle_t* zhandle, int type, int state, const char* path, void*) {
  Handle* handle = Handle::Current();
  if (handle == nullptr) return;
  if (type == ZOO_SESSION_EVENT) {
    AppendSessionEvent(handle, zhandle, state);
  } else {
    AppendWatchEvent(handle, type, state, path);
  }
}

void OnConfigWatch(zhandle_t*, int type, int state, const char*, void*) {
  Handle* handle = Handle::Current();
  if (handle != nullptr && type != ZOO_SESSION_EVENT) AppendWatchEvent(handle, type, state, "");
}

void OnData(int rc, const char* value, int length, const struct Stat* stat, const void* id) {
  if (rc != ZOK) return AppendReply(rc, id);
  if (length == port::kBrokenLength) return AppendReply(ZMARSHALLINGERROR, id);
  const Reply reply{rc, id, stat, record::kData, length < 0 ? -1 : 0};
  const size_t size = length < 0 ? 0 : static_cast<size_t>(length);
  if (AppendFrame(reply, value, size)) return;
  AppendReply(reply, size, [&](char* bytes) { memcpy(bytes, value, size); });
}

void OnChildren(int rc, const struct String_vector* names, const struct Stat* stat,
                const void* id) {
  if (rc != ZOK) return AppendReply(rc, id);
  if (names->count == port::kBrokenLength) return AppendReply(ZMARSHALLINGERROR, id);
  const port::ReplyNames& shown = *port::ReplyNames::Current();
  AppendReply(Reply{rc, id, stat, record::kChildren, shown.count()}, shown.joined_length(),
              [&](char* bytes) { shown.Join(bytes); });
}

void OnStat(int rc, const struct Stat* stat, const void* id) { AppendReply(rc, id, stat); }

void OnPath(int rc, const char* path, const void* id) { OnPathAndStat(rc, path, nullptr, id); }

void OnPathAndStat(int rc, const char* path, const struct Stat* stat, const void* id) {
  if (rc != ZOK || path == nullptr) return AppendReply(rc, id);
  const size_t length = strlen(path);
  AppendReply(Reply{rc, id, stat, record::kPath, 0}, length,
              [&](char* bytes) { memcpy(bytes, path, length); });
}

void OnAcl(int rc, struct ACL_vector* acl, struct Stat* stat, const void* id) {
  if (rc != ZOK || acl == nullptr) return AppendReply(rc, id);
  AppendReply(Reply{rc, id, stat, record::kAcl, acl->count}, SerializedAclBytes(*acl),
              [&](char* bytes) { SerializeAcl(*acl, bytes); });
}

void OnMulti(int rc, const void* id) {
  Handle* handle = Handle::Current();
  if (handle == nullptr) return;
  const std::unique_ptr<MultiResults> results = handle->multis().Take(IdOf(id));
  if (results == nullptr) return AppendReply(rc, id);
  AppendReply(Reply{rc, id, nullptr, record::kOutcomes, results->count()},
              results->SerializedBytes(rc), [&](char* bytes) { results->Serialize(rc, bytes); });
}

void OnDone(int rc, const void* id) { AppendReply(rc, id); }

void OnServersSet(int rc, int resolver_error, uint32_t id) {
  // It was no request of the C client's, and is not counted as the answer to one.
  AppendReply(Handle::Current(), Reply{rc, AsContext(id), nullptr, record::kNone, resolver_error},
              0, [](char*) {});
}

void OnSynced(int rc, const char*, const void* id) { AppendReply(rc, id); }

}  // namespace libzookeeper
