#include "reply_frames.h"

#include <errno.h>
#include <string.h>

namespace libzookeeper {
namespace port {

void ReplyFrames::Reset() {
  expected_.Reset();
  violation_ = Violation();
  is_handshake_requested_ = is_handshake_answered_ = has_received_ = false;
  frame_length_ = frame_received_ = start_received_ = 0;
}

void ReplyFrames::Requested(const char* request, size_t length) {
  if (is_handshake_requested_) return expected_.Requested(request, length);
  handshake_.Requested(request, length);
  is_handshake_requested_ = true;
}

ssize_t ReplyFrames::Receive(Stream* stream, void* bytes, size_t length) {
  if (!is_handshake_answered_) return ReceiveHandshake(stream, bytes);
  return frame_length_ == 0 ? ReceiveLength(stream, bytes) : ReceiveFrame(stream, bytes, length);
}

ssize_t ReplyFrames::ReceiveHandshake(Stream* stream, void* bytes) {
  ssize_t result = Gather(stream, kLengthBytes);
  if (result != 1) return result;
  const int32_t length = WireReader::IntAt(start_);
  const Complaint about_length = Handshake::CheckLength(length);
  if (about_length != nullptr) return Refuse(stream, about_length);
  const size_t whole = kLengthBytes + static_cast<size_t>(length);
  result = Gather(stream, whole);
  if (result != 1) return result;
  const Complaint complaint = handshake_.Check(start_ + kLengthBytes, static_cast<size_t>(length));
  if (complaint != nullptr) return Refuse(stream, complaint);
  is_handshake_answered_ = true;
  start_received_ = 0;
  memcpy(bytes, start_, whole);
  return static_cast<ssize_t>(whole);
}

ssize_t ReplyFrames::ReceiveLength(Stream* stream, void* bytes) {
  const ssize_t result = Gather(stream, kLengthBytes);
  if (result != 1) return result;
  const int32_t length = WireReader::IntAt(start_);
  if (length < static_cast<int32_t>(ExpectedReplies::kHeaderBytes)) {
    return Refuse(stream, "a reply is cut short");
  }
  if (length > most_bytes_) return Refuse(stream, "a reply is too large", length);
  frame_length_ = static_cast<size_t>(length);
  frame_received_ = start_received_ = 0;
  memcpy(bytes, start_, kLengthBytes);
  return kLengthBytes;
}

ssize_t ReplyFrames::ReceiveFrame(Stream* stream, void* bytes, size_t length) {
  const ssize_t received = stream->Receive(bytes, length);
  if (received <= 0) return received;
  frame_received_ += static_cast<size_t>(received);
  if (frame_received_ < frame_length_) return received;
  // The C client receives a frame into one piece of memory, from front to back.
  const char* frame = static_cast<const char*>(bytes) + received - frame_length_;
  const Complaint complaint = expected_.Take(frame, frame_length_);
  if (complaint != nullptr) return Refuse(stream, complaint);
  frame_length_ = 0;
  has_received_ = true;
  return received;
}

ssize_t ReplyFrames::Gather(Stream* stream, size_t wanted) {
  while (start_received_ < wanted) {
    const ssize_t received = stream->Receive(start_ + start_received_, wanted - start_received_);
    if (received <= 0) return received;
    start_received_ += static_cast<size_t>(received);
  }
  return 1;
}

ssize_t ReplyFrames::Refuse(Stream* stream, Complaint complaint, int32_t length) {
  violation_ = Violation{complaint, length};
  stream->Fail(EPROTO);
  errno = EPROTO;
  return -1;
}

}  // namespace port
}  // namespace libzookeeper
