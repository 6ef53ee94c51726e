/**
 * @file reply_frames.h
 * What the C client receives, as whole frames that are what they should be.
 */
#ifndef LIBZOOKEEPER_PORT_REPLY_FRAMES_H
#define LIBZOOKEEPER_PORT_REPLY_FRAMES_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "expected_replies.h"
#include "handshake.h"
#include "stream.h"

namespace libzookeeper {
namespace port {

/**
 * The C client believes its server: it makes room for whatever length a frame has, and reads what it expects to be in it.
 * So each frame is looked at before the C client gets the last of its bytes (traps 15, 23, 29, 31). One that breaks the
 * protocol is never handed over: the connection is broken instead, as if the network had broken it.
 *
 * One thread at a time, as Stream.
 */
class ReplyFrames {
 public:
  /** What is wrong, and the length that is, or -1 where it is not the length. */
  struct Violation {
    Complaint complaint = nullptr;
    int32_t length = -1;
  };

  /** The most bytes that a frame may have. Set before there is another thread. */
  void Limit(int32_t most_bytes) { most_bytes_ = most_bytes; }

  /** Another socket: the next frame each way is the handshake's. */
  void Reset();

  /** A request, whole, is sent. */
  void Requested(const char* request, size_t length);

  /** As recv(2), without blocking. With EPROTO the server broke the protocol: see violation(). */
  ssize_t Receive(Stream* stream, void* bytes, size_t length);

  /** Whether a frame of that size comes next, of whose bytes none was handed over. */
  bool IsAboutToReceive(size_t size) const { return frame_length_ == size && frame_received_ == 0; }

  /** Why Receive() gave EPROTO; no complaint where it did not. */
  const Violation& violation() const { return violation_; }

  /** Whether a reply or an event came on this connection, that was as it should be. */
  bool HasReceived() const { return has_received_; }

 private:
  static constexpr size_t kLengthBytes = sizeof(int32_t);

  /** The C client takes length and answer of the handshake as one. */
  ssize_t ReceiveHandshake(Stream* stream, void* bytes);

  ssize_t ReceiveLength(Stream* stream, void* bytes);
  ssize_t ReceiveFrame(Stream* stream, void* bytes, size_t length);

  /** Gathers bytes until there are `wanted` of them in start_. @return 1, or what Receive() returns otherwise */
  ssize_t Gather(Stream* stream, size_t wanted);

  ssize_t Refuse(Stream* stream, Complaint complaint, int32_t length = -1);

  int32_t most_bytes_ = 0;
  Handshake handshake_;
  ExpectedReplies expected_;
  Violation violation_;
  bool is_handshake_requested_ = false;
  bool is_handshake_answered_ = false;
  bool has_received_ = false;
  /** How long the frame is whose length was handed over, or 0; and how much of it was. */
  size_t frame_length_ = 0;
  size_t frame_received_ = 0;
  /** The length of a frame that has not come whole, or the whole answer to the handshake. */
  char start_[kLengthBytes + Handshake::kAnswerBytes];
  size_t start_received_ = 0;
};

}  // namespace port
}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_PORT_REPLY_FRAMES_H
