#include "handshake.h"

namespace libzookeeper {
namespace port {

namespace {

/** Shorter ones would have been over before an answer was back; longer ones overflow where the C client computes. */
constexpr int32_t kShortestTimeoutMs = 10;
constexpr int32_t kLongestTimeoutMs = 1'000'000'000;

constexpr int32_t kPasswordBytes = 16;

}  // namespace

void Handshake::Requested(const char* request, size_t length) {
  WireReader reader(request, length);
  int32_t ignored_int = 0;
  int64_t ignored_long = 0;
  session_id_ = 0;
  // Protocol version, zxid, timeout, session, password, read-only.
  reader.Int(&ignored_int);
  reader.Long(&ignored_long);
  reader.Int(&ignored_int);
  reader.Long(&session_id_);
  reader.SkipBytes(0);
  const char* read_only = reader.Take(1);
  read_only_will_do_ = read_only != nullptr && *read_only != 0;
}

Complaint Handshake::CheckLength(int32_t length) {
  const bool is_right = length == static_cast<int32_t>(kShortAnswerBytes) ||
                        length == static_cast<int32_t>(kAnswerBytes);
  return is_right ? nullptr : "what answered the handshake is no ZooKeeper server";
}

Complaint Handshake::Check(const char* answer, size_t length) const {
  WireReader reader(answer, length);
  int32_t ignored_version = 0;
  int32_t timeout_ms = 0;
  int64_t session_id = 0;
  int32_t password_bytes = 0;
  reader.Int(&ignored_version);
  reader.Int(&timeout_ms);
  reader.Long(&session_id);
  reader.Int(&password_bytes);
  reader.Take(kPasswordBytes);
  const char* read_only = length < kAnswerBytes ? nullptr : reader.Take(1);
  if (password_bytes != kPasswordBytes) return "the handshake's answer has no password of 16 bytes";
  if (read_only != nullptr && *read_only != 0 && (*read_only != 1 || !read_only_will_do_)) {
    return "the handshake's answer is read-only, which was not asked for";
  }
  // Another one than was to be resumed, mostly none, says that this one has expired, and nothing else.
  if (session_id_ != 0 && session_id != session_id_) return nullptr;
  if (session_id == 0) return "the handshake's answer grants no session";
  if (timeout_ms < kShortestTimeoutMs || timeout_ms > kLongestTimeoutMs) {
    return "the handshake's answer grants a session with a timeout that makes no sense";
  }
  return nullptr;
}

}  // namespace port
}  // namespace libzookeeper
