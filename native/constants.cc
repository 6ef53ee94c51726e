#include "constants.h"

#include <zookeeper.h>

#include <initializer_list>

#include "arguments.h"
#include "port/fault.h"
#include "record_layout.h"

namespace libzookeeper {

namespace {

struct Named {
  const char* name;
  int64_t number;
};

/** Sets a property. @return whether it could be */
bool Put(napi_env env, napi_value object, const char* name, napi_value value) {
  return value != nullptr && napi_set_named_property(env, object, name, value) == napi_ok;
}

/** An object of numbers; null when the environment is being stopped. */
napi_value Table(napi_env env, std::initializer_list<Named> entries) {
  napi_value table = nullptr;
  if (napi_create_object(env, &table) != napi_ok) return nullptr;
  for (const Named& entry : entries) {
    if (!Put(env, table, entry.name, ToNumber(env, static_cast<int32_t>(entry.number))))
      return nullptr;
  }
  return table;
}

}  // namespace

napi_value Constants(napi_env env) {
  const struct {
    const char* name;
    napi_value table;
  } tables[] = {
      {"CreateFlag",
       Table(env, {{"EPHEMERAL", ZOO_EPHEMERAL},
                   {"SEQUENCE", ZOO_SEQUENCE},
                   {"CONTAINER", ZOO_CONTAINER},
                   {"PERSISTENT_WITH_TTL", ZOO_PERSISTENT_WITH_TTL},
                   {"PERSISTENT_SEQUENTIAL_WITH_TTL", ZOO_PERSISTENT_SEQUENTIAL_WITH_TTL}})},
      {"Perm", Table(env, {{"READ", ZOO_PERM_READ},
                           {"WRITE", ZOO_PERM_WRITE},
                           {"CREATE", ZOO_PERM_CREATE},
                           {"DELETE", ZOO_PERM_DELETE},
                           {"ADMIN", ZOO_PERM_ADMIN},
                           {"ALL", ZOO_PERM_ALL}})},
      {"EventType", Table(env, {{"CREATED", ZOO_CREATED_EVENT},
                                {"DELETED", ZOO_DELETED_EVENT},
                                {"CHANGED", ZOO_CHANGED_EVENT},
                                {"CHILD", ZOO_CHILD_EVENT},
                                {"SESSION", ZOO_SESSION_EVENT},
                                {"NOTWATCHING", ZOO_NOTWATCHING_EVENT}})},
      {"State", Table(env, {{"CONNECTING", ZOO_CONNECTING_STATE},
                            {"ASSOCIATING", ZOO_ASSOCIATING_STATE},
                            {"CONNECTED", ZOO_CONNECTED_STATE},
                            {"READONLY", ZOO_READONLY_STATE},
                            {"NOTCONNECTED", ZOO_NOTCONNECTED_STATE},
                            {"EXPIRED_SESSION", ZOO_EXPIRED_SESSION_STATE},
                            {"AUTH_FAILED", ZOO_AUTH_FAILED_STATE}})},
      {"LogLevel", Table(env, {{"ERROR", ZOO_LOG_LEVEL_ERROR},
                               {"WARN", ZOO_LOG_LEVEL_WARN},
                               {"INFO", ZOO_LOG_LEVEL_INFO},
                               {"DEBUG", ZOO_LOG_LEVEL_DEBUG}})},
      {"ErrorCode", Table(env, {{"ZOK", ZOK},
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
                                {"ZTHROTTLEDOP", ZTHROTTLEDOP}})},
  };
  napi_value all = nullptr;
  if (napi_create_object(env, &all) != napi_ok) return nullptr;
  for (const auto& each : tables) {
    if (!Put(env, all, each.name, each.table)) return nullptr;
  }
  return all;
}

napi_value RecordLayout(napi_env env) {
  using namespace record;
  return Table(env, {{"REPLY", kReply},
                     {"EVENT", kEvent},
                     {"SESSION", kSession},
                     {"LOG", kLog},
                     {"OPENED", kOpened},
                     {"CLOSED", kClosed},
                     {"IO_ENDED", kIoEnded},
                     {"FAULT", kFault},
                     {"PAYLOAD_NONE", kNone},
                     {"PAYLOAD_DATA", kData},
                     {"PAYLOAD_CHILDREN", kChildren},
                     {"PAYLOAD_ACL", kAcl},
                     {"PAYLOAD_PATH", kPath},
                     {"PAYLOAD_OUTCOMES", kOutcomes},
                     {"STAT_NUMBERS", kStatNumbers},
                     {"STAT_BYTES", kStatBytes},
                     {"OUTCOME_NONE", kOutcomeNone},
                     {"OUTCOME_PATH", kOutcomePath},
                     {"OUTCOME_STAT", kOutcomeStat},
                     {"OUTCOME_CODE", kOutcomeCode},
                     {"OUTCOME_KIND", kOutcomeKind},
                     {"OUTCOME_BYTES", kOutcomeBytes},
                     {"OP_CREATE", kOpCreate},
                     {"OP_DELETE", kOpDelete},
                     {"OP_SET", kOpSet},
                     {"OP_CHECK", kOpCheck},
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
                     {"LOG_TIME", kLogTime},
                     {"LOG_BYTES", kLogBytes},
                     {"END_CODE", kEndCode},
                     {"END_ERRNO", kEndErrno},
                     {"END_RESOLVER", kEndResolver},
                     {"FAULT_KIND", kFaultKind},
                     {"FAULT_NUMBER", kFaultNumber},
                     {"FAULT_ADDRESSES", kFaultAddresses},
                     {"FAULT_SERVER_LENGTH", kFaultServerLength},
                     {"FAULT_NAME_LENGTH", kFaultNameLength},
                     {"FAULT_REASON_LENGTH", kFaultReasonLength},
                     {"FAULT_BYTES", kFaultBytes},
                     {"FAULT_CERTIFICATE", port::Fault::kCertificate},
                     {"FAULT_PROTOCOL", port::Fault::kProtocol},
                     {"FAULT_END", port::Fault::kEnd},
                     {"FAULT_TIMEOUT", port::Fault::kTimeout},
                     {"FAULT_SYSTEM", port::Fault::kSystem},
                     {"FAULT_CERTIFICATE_WANTED", port::Fault::kCertificateWanted},
                     {"FAULT_SASL", port::Fault::kSasl},
                     {"FAULT_FRAME", port::Fault::kFrame},
                     {"FAULT_FRAME_SIZE", port::Fault::kFrameSize},
                     {"FAULT_SOCKET", port::Fault::kSocket}});
}

}  // namespace libzookeeper
