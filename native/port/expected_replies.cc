#include "expected_replies.h"

#include <proto.h>

#include <utility>

#include "xid.h"

namespace libzookeeper {
namespace port {

namespace {

/** The states that a server may give with an event: connected, and connected to a read-only one. */
constexpr int32_t kConnected = 3;
constexpr int32_t kReadOnly = 5;

/** The type of an event that is about the session, which no server sends. */
constexpr int32_t kSessionEvent = -1;

/** The types of the ops of a transaction, as the C client has serialized them. */
std::vector<int32_t> ReadOps(WireReader* request) {
  std::vector<int32_t> types;
  for (;;) {
    int32_t type = 0;
    int32_t number = 0;
    const bool has_type = request->Int(&type);
    const char* done = request->Take(1);
    if (!has_type || done == nullptr || !request->Int(&number) || *done != 0) return types;
    types.push_back(type);
    request->SkipBytes(0);
    const bool is_create = type == ZOO_CREATE_OP || type == ZOO_CREATE2_OP;
    if (is_create || type == ZOO_SETDATA_OP) request->SkipBytes(-1);
    if (is_create) {
      for (int32_t left = request->IntOrMinusOne(); left > 0; --left) {
        request->Int(&number);
        request->SkipBytes(-1);
        if (!request->SkipBytes(-1)) break;
      }
    }
    // A version, or a create's flags.
    request->Int(&number);
  }
}

Complaint CheckEvent(WireReader* body) {
  int32_t type = 0;
  int32_t state = 0;
  if (!body->Int(&type) || !body->Int(&state) || !body->SkipBytes(0)) {
    return "an event is cut short";
  }
  if (type == kSessionEvent || (state != kConnected && state != kReadOnly)) {
    return "an event tells of the session, which only the client does";
  }
  return nullptr;
}

}  // namespace

void ExpectedReplies::Reset() {
  requests_.clear();
  transactions_.clear();
  credentials_ = 0;
}

void ExpectedReplies::Requested(const char* request, size_t length) {
  WireReader reader(request, length);
  Request sent{};
  if (!reader.Int(&sent.xid) || !reader.Int(&sent.type)) return;
  if (sent.xid == kAuthXid) ++credentials_;
  if (IsReserved(sent.xid)) return;
  requests_.push_back(sent);
  if (sent.type == ZOO_MULTI_OP) transactions_.push_back(ReadOps(&reader));
}

Complaint ExpectedReplies::Take(const char* frame, size_t length) {
  WireReader reader(frame, length);
  int32_t xid = 0;
  int64_t ignored_zxid = 0;
  int32_t error = 0;
  if (!reader.Int(&xid) || !reader.Long(&ignored_zxid) || !reader.Int(&error)) {
    return "a reply is cut short";
  }
  // While SASL is under way the C client takes whatever comes for the answer that it waits for.
  const bool is_sasl = !requests_.empty() && requests_.front().type == ZOO_SASL_OP;
  if (is_sasl || !IsReserved(xid)) return TakeReply(xid, error, &reader);
  if (xid == kEventXid) return CheckEvent(&reader);
  if (xid == kAuthXid && --credentials_ < 0) {
    return "a reply says what became of credentials, of which none were presented";
  }
  // Of pings, and of watches that were set again, the C client only looks at the xid.
  return nullptr;
}

Complaint ExpectedReplies::TakeReply(int32_t xid, int32_t error, WireReader* body) {
  if (requests_.empty()) return "a reply came to no request";
  const Request request = requests_.front();
  if (request.xid != xid) return "a reply is not to the request whose turn it is";
  requests_.pop_front();
  std::vector<int32_t> ops;
  if (request.type == ZOO_MULTI_OP) {
    ops = std::move(transactions_.front());
    transactions_.pop_front();
  }
  // With an error there is no body, or nobody reads it.
  return error == 0 ? CheckReplyBody(request.type, ops, body) : nullptr;
}

}  // namespace port
}  // namespace libzookeeper
