/**
 * @file request_frames.h
 * What the C client sends, as whole requests.
 */
#ifndef LIBZOOKEEPER_PORT_REQUEST_FRAMES_H
#define LIBZOOKEEPER_PORT_REQUEST_FRAMES_H

#include <stddef.h>
#include <sys/types.h>

#include "reply_frames.h"
#include "stream.h"

namespace libzookeeper {
namespace port {

/**
 * The C client sends each request in two calls: four bytes that tell its length, and the request. Taken whole or not at
 * all, no request can come to lie in the middle of another (trap 10), and each can be looked at before it leaves.
 *
 * One thread at a time, as Stream.
 */
class RequestFrames {
 public:
  /** @param replies is told of each request */
  explicit RequestFrames(ReplyFrames* replies) : replies_(replies) {}

  /** Another socket: the next bytes are a length again. */
  void Reset() { has_length_ = false; }

  /** As send(2): takes everything, or between two requests nothing, with EAGAIN. */
  ssize_t Send(Stream* stream, const void* bytes, size_t length);

 private:
  ReplyFrames* const replies_;
  bool has_length_ = false;
  char length_[4];
};

}  // namespace port
}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_PORT_REQUEST_FRAMES_H
