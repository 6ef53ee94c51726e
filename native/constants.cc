#include "constants.h"

#include <zookeeper.h>

#include <initializer_list>

#include "record_layout.h"

namespace libzookeeper {

namespace {

struct Named {
  const char* name;
  int64_t number;
};

Napi::Object Table(Napi::Env env, std::initializer_list<Named> entries) {
  Napi::Object table = Napi::Object::New(env);
  for (const Named& entry : entries) table.Set(entry.name, static_cast<double>(entry.number));
  return table;
}

}  // namespace

Napi::Object Constants(Napi::Env env) {
  Napi::Object all = Napi::Object::New(env);
  all.Set("CreateFlag",
          Table(env, {{"EPHEMERAL", ZOO_EPHEMERAL},
                      {"SEQUENCE", ZOO_SEQUENCE},
                      {"CONTAINER", ZOO_CONTAINER},
                      {"PERSISTENT_WITH_TTL", ZOO_PERSISTENT_WITH_TTL},
                      {"PERSISTENT_SEQUENTIAL_WITH_TTL", ZOO_PERSISTENT_SEQUENTIAL_WITH_TTL}}));
  all.Set("Perm", Table(env, {{"READ", ZOO_PERM_READ},
                              {"WRITE", ZOO_PERM_WRITE},
                              {"CREATE", ZOO_PERM_CREATE},
                              {"DELETE", ZOO_PERM_DELETE},
                              {"ADMIN", ZOO_PERM_ADMIN},
                              {"ALL", ZOO_PERM_ALL}}));
  all.Set("EventType", Table(env, {{"CREATED", ZOO_CREATED_EVENT},
                                   {"DELETED", ZOO_DELETED_EVENT},
                                   {"CHANGED", ZOO_CHANGED_EVENT},
                                   {"CHILD", ZOO_CHILD_EVENT},
                                   {"SESSION", ZOO_SESSION_EVENT},
                                   {"NOTWATCHING", ZOO_NOTWATCHING_EVENT}}));
  all.Set("State", Table(env, {{"CONNECTING", ZOO_CONNECTING_STATE},
                               {"ASSOCIATING", ZOO_ASSOCIATING_STATE},
                               {"CONNECTED", ZOO_CONNECTED_STATE},
                               {"READONLY", ZOO_READONLY_STATE},
                               {"NOTCONNECTED", ZOO_NOTCONNECTED_STATE},
                               {"EXPIRED_SESSION", ZOO_EXPIRED_SESSION_STATE},
                               {"AUTH_FAILED", ZOO_AUTH_FAILED_STATE}}));
  all.Set("LogLevel", Table(env, {{"ERROR", ZOO_LOG_LEVEL_ERROR},
                                  {"WARN", ZOO_LOG_LEVEL_WARN},
                                  {"INFO", ZOO_LOG_LEVEL_INFO},
                                  {"DEBUG", ZOO_LOG_LEVEL_DEBUG}}));
  all.Set("ErrorCode", Table(env, {{"ZOK", ZOK},
                                   {"ZSYSTEMERROR", ZSYSTEMERROR},
                                   {"ZRUNTIMEINCONSISTENCY", ZRUNTIMEINCONSISTENCY},
                                   {"ZDATAINCONSISTENCY", ZDATAINCONSISTENCY},
                                   {"ZCONNECTIONLOSS", ZCONNECTIONLOSS},
                                   {"ZMARSHALLINGERROR", ZMARSHALLINGERROR},
                                   {"ZUNIMPLEMENTED", ZUNIMPLEMENTED},
                                   {"ZOPERATIONTIMEOUT", ZOPERATIONTIMEOUT},
                                   {"ZBADARGUMENTS", ZBADARGUMENTS},
                                   {"ZINVALIDSTATE", ZINVALIDSTATE},
                                   {"ZNEWCONFIGNOQUORUM", ZNEWCONFIGNOQUORUM},
                                   {"ZRECONFIGINPROGRESS", ZRECONFIGINPROGRESS},
                                   {"ZSSLCONNECTIONERROR", ZSSLCONNECTIONERROR},
                                   {"ZAPIERROR", ZAPIERROR},
                                   {"ZNONODE", ZNONODE},
                                   {"ZNOAUTH", ZNOAUTH},
                                   {"ZBADVERSION", ZBADVERSION},
                                   {"ZNOCHILDRENFOREPHEMERALS", ZNOCHILDRENFOREPHEMERALS},
                                   {"ZNODEEXISTS", ZNODEEXISTS},
                                   {"ZNOTEMPTY", ZNOTEMPTY},
                                   {"ZSESSIONEXPIRED", ZSESSIONEXPIRED},
                                   {"ZINVALIDCALLBACK", ZINVALIDCALLBACK},
                                   {"ZINVALIDACL", ZINVALIDACL},
                                   {"ZAUTHFAILED", ZAUTHFAILED},
                                   {"ZCLOSING", ZCLOSING},
                                   {"ZNOTHING", ZNOTHING},
                                   {"ZSESSIONMOVED", ZSESSIONMOVED},
                                   {"ZNOTREADONLY", ZNOTREADONLY},
                                   {"ZEPHEMERALONLOCALSESSION", ZEPHEMERALONLOCALSESSION},
                                   {"ZNOWATCHER", ZNOWATCHER},
                                   {"ZRECONFIGDISABLED", ZRECONFIGDISABLED},
                                   {"ZSESSIONCLOSEDREQUIRESASLAUTH", ZSESSIONCLOSEDREQUIRESASLAUTH},
                                   {"ZTHROTTLEDOP", ZTHROTTLEDOP}}));
  return all;
}

Napi::Object RecordLayout(Napi::Env env) {
  using namespace record;
  return Table(env, {{"REPLY", kReply},
                     {"EVENT", kEvent},
                     {"SESSION", kSession},
                     {"LOG", kLog},
                     {"OPENED", kOpened},
                     {"CLOSED", kClosed},
                     {"PAYLOAD_NONE", kNone},
                     {"PAYLOAD_DATA", kData},
                     {"PAYLOAD_CHILDREN", kChildren},
                     {"PAYLOAD_ACL", kAcl},
                     {"PAYLOAD_PATH", kPath},
                     {"SIZE", kSizeOffset},
                     {"KIND", kKindOffset},
                     {"REPLY_ID", kReplyId},
                     {"REPLY_CODE", kReplyCode},
                     {"REPLY_PAYLOAD", kReplyPayload},
                     {"REPLY_HAS_STAT", kReplyHasStat},
                     {"REPLY_COUNT", kReplyCount},
                     {"REPLY_LENGTH", kReplyLength},
                     {"REPLY_BLOB", kReplyBlob},
                     {"REPLY_STAT", kReplyStat},
                     {"REPLY_STAT_NUMBERS", kReplyStatNumbers},
                     {"REPLY_BYTES", kReplyBytes},
                     {"REPLY_BYTES_WITHOUT_STAT", kReplyBytesWithoutStat},
                     {"EVENT_TYPE", kEventType},
                     {"EVENT_STATE", kEventState},
                     {"EVENT_LENGTH", kEventLength},
                     {"EVENT_BLOB", kEventBlob},
                     {"EVENT_BYTES", kEventBytes},
                     {"SESSION_STATE", kSessionState},
                     {"SESSION_TIMEOUT", kSessionTimeout},
                     {"SESSION_ID", kSessionId},
                     {"SESSION_PASSWORD", kSessionPassword},
                     {"SESSION_LENGTH", kSessionLength},
                     {"SESSION_BYTES", kSessionBytes},
                     {"LOG_LOST", kLogLost},
                     {"LOG_LENGTH", kLogLength},
                     {"LOG_BYTES", kLogBytes},
                     {"END_CODE", kEndCode},
                     {"END_ERRNO", kEndErrno},
                     {"END_RESOLVER", kEndResolver}});
}

}  // namespace libzookeeper
