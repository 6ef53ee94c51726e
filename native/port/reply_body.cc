#include "reply_body.h"

#include <proto.h>

namespace libzookeeper {
namespace port {

namespace {

/** Six numbers of eight bytes, five of four. */
constexpr size_t kStatBytes = 6 * 8 + 5 * 4;

/** The type of an op's result that is an error, and of the header behind the last result. */
constexpr int32_t kErrorResult = -1;

constexpr Complaint kPathCutShort = "the path in a reply is cut short";
constexpr Complaint kStatCutShort = "the stat in a reply is cut short";

Complaint CheckStat(WireReader* body) {
  return body->Take(kStatBytes) == nullptr ? kStatCutShort : nullptr;
}

Complaint CheckPath(WireReader* body) { return body->SkipBytes(0) ? nullptr : kPathCutShort; }

Complaint CheckPathAndStat(WireReader* body) {
  const Complaint complaint = CheckPath(body);
  return complaint == nullptr ? CheckStat(body) : complaint;
}

Complaint CheckData(WireReader* body) {
  return body->SkipBytes(-1) ? CheckStat(body) : "the data in a reply is not as long as it says";
}

/** A null list, with a count of -1, is taken for an empty one. */
Complaint CheckChildren(WireReader* body) {
  int32_t count = 0;
  if (!body->Int(&count) || count < -1) return "the number of children in a reply makes no sense";
  for (int32_t i = 0; i < count; ++i) {
    int32_t length = 0;
    const bool has_length = body->Int(&length) && length >= 0;
    const char* name = has_length ? body->Take(static_cast<size_t>(length)) : nullptr;
    if (name == nullptr) return "the names of children in a reply are cut short";
    if (memchr(name, '/', static_cast<size_t>(length)) != nullptr) {
      return "a child's name in a reply has a slash";
    }
  }
  return CheckStat(body);
}

/** The C client makes room for all entries before it reads the first: perms, scheme and id have four bytes at the least. */
Complaint CheckAcl(WireReader* body) {
  constexpr size_t kLeastEntryBytes = 3 * sizeof(int32_t);
  int32_t count = 0;
  if (!body->Int(&count) || count < 0) return "the number of ACL entries in a reply makes no sense";
  if (count > 0 && static_cast<size_t>(count) > body->left() / kLeastEntryBytes) {
    return "the number of ACL entries in a reply cannot be true";
  }
  for (int32_t i = 0; i < count; ++i) {
    if (body->Take(sizeof(int32_t)) == nullptr || !body->SkipBytes(0) || !body->SkipBytes(0)) {
      return "the ACL in a reply is cut short";
    }
  }
  return CheckStat(body);
}

/** What became of one op of a transaction. */
Complaint CheckResult(int32_t op, WireReader* body) {
  switch (op) {
    case ZOO_CREATE_OP:
      return CheckPath(body);
    case ZOO_CREATE2_OP:
      return CheckPathAndStat(body);
    case ZOO_SETDATA_OP:
      return CheckStat(body);
    default:
      return nullptr;
  }
}

/**
 * The C client reads each result as its op's, whatever type it has, as long as the server goes on: one more than there are
 * ops and it aborts. With one less it leaves memory behind.
 */
Complaint CheckResults(const std::vector<int32_t>& ops, WireReader* body) {
  for (size_t i = 0;; ++i) {
    int32_t type = 0;
    int32_t ignored_error = 0;
    const bool has_type = body->Int(&type);
    const char* done = body->Take(1);
    if (!has_type || done == nullptr || !body->Int(&ignored_error)) {
      return "the results in a reply are cut short";
    }
    if (*done != 0)
      return i == ops.size() ? nullptr : "a reply has fewer results than there were ops";
    if (i == ops.size()) return "a reply has more results than there were ops";
    if (type == kErrorResult) {
      if (!body->Int(&ignored_error)) return "the results in a reply are cut short";
      continue;
    }
    if (type != ops[i]) return "a result in a reply is not its op's";
    const Complaint complaint = CheckResult(ops[i], body);
    if (complaint != nullptr) return complaint;
  }
}

}  // namespace

Complaint CheckReplyBody(int32_t type, const std::vector<int32_t>& ops, WireReader* body) {
  switch (type) {
    case ZOO_GETDATA_OP:
    case ZOO_RECONFIG_OP:
      return CheckData(body);
    case ZOO_EXISTS_OP:
    case ZOO_SETDATA_OP:
      return CheckStat(body);
    case ZOO_GETCHILDREN2_OP:
      return CheckChildren(body);
    case ZOO_CREATE_OP:
    case ZOO_SYNC_OP:
      return CheckPath(body);
    case ZOO_CREATE2_OP:
    case ZOO_CREATE_CONTAINER_OP:
    case ZOO_CREATE_TTL_OP:
      return CheckPathAndStat(body);
    case ZOO_GETACL_OP:
      return CheckAcl(body);
    case ZOO_MULTI_OP:
      return CheckResults(ops, body);
    case ZOO_SASL_OP:
      return body->SkipBytes(-1) ? nullptr : "the token in a reply is not as long as it says";
    default:
      // Nothing is read of the others: delete, setACL, removing watches, closing.
      return nullptr;
  }
}

}  // namespace port
}  // namespace libzookeeper
