#include "stream.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>

#include <algorithm>

#include "variant.h"

#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0
#endif

namespace libzookeeper {
namespace port {

namespace {

bool IsForLater(int error) { return error == EAGAIN || error == EWOULDBLOCK; }

}  // namespace

void Stream::Reset(int descriptor) {
  descriptor_ = descriptor;
  transport_ = nullptr;
  error_ = 0;
  established_ = ended_ = offered_ = false;
  unsent_.clear();
  sent_ = 0;
  read_begin_ = read_end_ = 0;
}

void Stream::Send(const void* bytes, size_t length) {
  established_ = true;
  offered_ = false;
  const char* next = static_cast<const char*>(bytes);
  const char* const end = next + length;
  if (length >= kLarge) {
    Flush();
    while (next < end && !HasUnsent()) {
      const size_t sent = SendNow(next, static_cast<size_t>(end - next));
      if (sent == 0) break;
      next += sent;
    }
  }
  if (error_ == 0) unsent_.insert(unsent_.end(), next, end);
  if (!kIsBuffered) Flush();
}

void Stream::Flush() {
  while (HasUnsent() && error_ == 0) {
    const size_t sent = SendNow(unsent_.data() + sent_, unsent_.size() - sent_);
    if (sent == 0) break;
    sent_ += sent;
  }
  if (!HasUnsent()) {
    // A large request is no reason to keep that much for good.
    if (unsent_.capacity() > 2 * kMostUnsent) unsent_ = std::vector<char>();
    unsent_.clear();
    sent_ = 0;
  } else if (sent_ >= unsent_.size() / 2) {
    unsent_.erase(unsent_.begin(), unsent_.begin() + static_cast<ptrdiff_t>(sent_));
    sent_ = 0;
  }
}

void Stream::Fail(int error) {
  error_ = error;
  unsent_.clear();
  sent_ = 0;
}

size_t Stream::SendNow(const char* bytes, size_t length) {
  for (;;) {
    const ssize_t sent = transport_ == nullptr ? send(descriptor_, bytes, length, MSG_NOSIGNAL)
                                               : transport_->Send(bytes, length);
    if (sent > 0) return static_cast<size_t>(sent);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0 && !IsForLater(errno)) Fail(errno);
    return 0;
  }
}

size_t Stream::ReceiveNow(char* bytes, size_t length) {
  for (;;) {
    const ssize_t received = transport_ == nullptr ? recv(descriptor_, bytes, length, 0)
                                                   : transport_->Receive(bytes, length);
    if (received > 0) return static_cast<size_t>(received);
    if (received < 0 && errno == EINTR) continue;
    if (received == 0) {
      ended_ = true;
    } else if (!IsForLater(errno)) {
      error_ = errno;
    }
    return 0;
  }
}

size_t Stream::ReceiveAll(char* bytes, size_t length) {
  size_t total = ReceiveNow(bytes, length);
  // A socket gives all that it has. TLS gives one record, of 16 KiB at the most, which may hold just one reply.
  for (size_t more = total; transport_ != nullptr && more > 0 && total < length; total += more) {
    more = ReceiveNow(bytes + total, length - total);
  }
  return total;
}

bool Stream::Fill() {
  if (read_begin_ < read_end_ || ended_ || error_ != 0) return true;
  if (read_.empty()) read_.resize(kReadAhead);
  read_begin_ = read_end_ = 0;
  read_end_ = ReceiveAll(read_.data(), read_ahead_);
  return HasRead();
}

bool Stream::DropToEnd() {
  read_begin_ = read_end_ = 0;
  while (Fill() && read_begin_ < read_end_) read_begin_ = read_end_ = 0;
  return ended_ || error_ != 0;
}

ssize_t Stream::Receive(void* bytes, size_t length) {
  char* const first = static_cast<char*>(bytes);
  // A length, of four bytes, says nothing about what comes after it.
  if (length > sizeof(int32_t)) read_ahead_ = length < kLarge ? kReadAhead : kReadAheadOfLarge;
  size_t given = 0;
  // What the server sent before it went comes first.
  if (kIsBuffered && length < kLarge) Fill();
  if (read_begin_ < read_end_) {
    given = std::min(length, read_end_ - read_begin_);
    memcpy(first, read_.data() + read_begin_, given);
    read_begin_ += given;
  }
  // The rest of a large reply goes where it is wanted, without a copy.
  const size_t left = length - given;
  const bool goes_there = left >= kLarge || (left > 0 && !kIsBuffered);
  if (goes_there && !ended_ && error_ == 0) given += ReceiveAll(first + given, left);
  if (given > 0) return static_cast<ssize_t>(given);
  if (ended_) return 0;
  errno = error_ != 0 ? error_ : EAGAIN;
  return -1;
}

}  // namespace port
}  // namespace libzookeeper
