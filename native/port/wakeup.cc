#include "wakeup.h"

#include <errno.h>
#include <unistd.h>

#include "variant.h"

namespace libzookeeper {
namespace port {

void Wakeup::Attach(int read_end, int write_end) {
  read_end_ = read_end;
  write_end_ = write_end;
}

bool Wakeup::Call() {
  called_.store(true, std::memory_order_seq_cst);
  if (kIsBuffered && !asleep_.load(std::memory_order_seq_cst)) return true;
  // One byte is enough, however many call.
  if (written_.exchange(true, std::memory_order_seq_cst) && kIsBuffered) return true;
  const char byte = 0;
  return Write(write_end_, &byte, 1);
}

bool Wakeup::Write(int descriptor, const void* bytes, size_t length) {
  ssize_t written;
  do {
    written = write(descriptor, bytes, length);
  } while (written < 0 && errno == EINTR);
  return written >= 0 || errno == EAGAIN || errno == EWOULDBLOCK;
}

bool Wakeup::GoToSleep() {
  asleep_.store(true, std::memory_order_seq_cst);
  if (!called_.load(std::memory_order_seq_cst)) return true;
  asleep_.store(false, std::memory_order_seq_cst);
  return false;
}

void Wakeup::Rise() { asleep_.store(false, std::memory_order_seq_cst); }

void Wakeup::Answer(bool is_readable) {
  // Cleared before the queue is looked at: what is queued from here on calls again.
  called_.store(false, std::memory_order_seq_cst);
  written_.store(false, std::memory_order_seq_cst);
  // A caller may write its byte only now, when it is no longer needed; it then costs one idle turn.
  char bytes[16];
  while (is_readable &&
         read(read_end_, bytes, sizeof bytes) == static_cast<ssize_t>(sizeof bytes)) {
  }
}

}  // namespace port
}  // namespace libzookeeper
