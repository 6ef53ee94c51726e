/**
 * @file expected_replies.h
 * What a server may say on one connection, given what it was asked.
 */
#ifndef LIBZOOKEEPER_PORT_EXPECTED_REPLIES_H
#define LIBZOOKEEPER_PORT_EXPECTED_REPLIES_H

#include <stddef.h>
#include <stdint.h>

#include <deque>
#include <vector>

#include "reply_body.h"

namespace libzookeeper {
namespace port {

/**
 * The requests that were sent and not answered, in order: a server answers in that order, and each answer is read as that of
 * its request. An answer to nothing would have the C client abort, or fail the session, or read freed memory (trap 15).
 *
 * One thread at a time, as Stream.
 */
class ExpectedReplies {
 public:
  /** xid, zxid and error: what each reply and event begins with. */
  static constexpr size_t kHeaderBytes = 16;

  /** Another connection: nothing was asked on it. */
  void Reset();

  /** A request, whole, is sent. */
  void Requested(const char* request, size_t length);

  /**
   * Looks at a frame that was received, whole, and takes the request that it answers off the list. After a complaint nothing
   * more may be asked, and the connection is of no use.
   */
  Complaint Take(const char* frame, size_t length);

 private:
  struct Request {
    int32_t xid;
    int32_t type;
  };

  Complaint TakeReply(int32_t xid, int32_t error, WireReader* body);

  std::deque<Request> requests_;
  /** The ops of those requests that are transactions. */
  std::deque<std::vector<int32_t>> transactions_;
  /** How many credentials were presented and not answered. */
  int credentials_ = 0;
};

}  // namespace port
}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_PORT_EXPECTED_REPLIES_H
