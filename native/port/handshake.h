/**
 * @file handshake.h
 * The first frame each way: what session was asked for, and which was granted.
 */
#ifndef LIBZOOKEEPER_PORT_HANDSHAKE_H
#define LIBZOOKEEPER_PORT_HANDSHAKE_H

#include <stddef.h>
#include <stdint.h>

#include "reply_body.h"

namespace libzookeeper {
namespace port {

/**
 * The C client takes an answer to its handshake for what it wants to see, whatever it is: an answer of another length puts
 * everything that follows out of step, a timeout of nothing makes thousands of connections a second (trap 31), and any byte
 * in the right place a read-only server (trap 23). One thread at a time, as Stream.
 */
class Handshake {
 public:
  /** What a server before 3.4 answers is without the last byte, which says that it is read-only. */
  static constexpr size_t kShortAnswerBytes = 36;
  static constexpr size_t kAnswerBytes = 37;

  /** The frame that goes out first. */
  void Requested(const char* request, size_t length);

  /** The frame that comes in first, whose length is one of the two. */
  Complaint Check(const char* answer, size_t length) const;

  /** The length of the frame that comes in first. */
  static Complaint CheckLength(int32_t length);

 private:
  int64_t session_id_ = 0;
  bool read_only_will_do_ = false;
};

}  // namespace port
}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_PORT_HANDSHAKE_H
