#include "request_frames.h"

#include <errno.h>
#include <string.h>

#include "set_watches.h"

namespace libzookeeper {
namespace port {

ssize_t RequestFrames::Send(Stream* stream, const void* bytes, size_t length) {
  if (!has_length_) {
    if (!stream->HasRoom()) stream->Flush();
    if (!stream->HasRoom()) {
      errno = EAGAIN;
      return -1;
    }
    // It never comes in parts, since it is always taken.
    memcpy(length_, bytes, sizeof length_);
    has_length_ = true;
    return sizeof length_;
  }
  has_length_ = false;
  replies_->Requested(static_cast<const char*>(bytes), length);
  const auto parts = SplitSetWatches(static_cast<const char*>(bytes), length);
  if (parts.empty()) {
    stream->Send(length_, sizeof length_);
    stream->Send(bytes, length);
  } else {
    stream->Send(parts.data(), parts.size());
  }
  return static_cast<ssize_t>(length);
}

}  // namespace port
}  // namespace libzookeeper
