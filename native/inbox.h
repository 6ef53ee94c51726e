/**
 * @file inbox.h
 * Where the threads of the C client leave what JavaScript is to know, and the doorbell that says so.
 */
#ifndef LIBZOOKEEPER_INBOX_H
#define LIBZOOKEEPER_INBOX_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <memory>
#include <mutex>
#include <vector>

namespace libzookeeper {

/** Memory that malloc gave. */
struct Freed {
  void operator()(void* bytes) const { free(bytes); }
};
using Bytes = std::unique_ptr<char, Freed>;

/** A payload too large to lie among the records. */
struct Blob {
  Bytes bytes;
  size_t length;
  /** What JavaScript is to have it as. */
  bool is_text;
};

/** A run of records, small enough that a value which is a view on it pins little memory. */
struct Batch {
  Bytes bytes;
  size_t used = 0;
  size_t capacity = 0;
  std::vector<Blob> blobs;
};

/**
 * One connection's inbox. Any thread appends, the JavaScript thread takes. Nothing in it ever waits for JavaScript: what
 * bounds it is the number of requests that JavaScript lets be in flight.
 *
 * The mutex is held while a record is written and while the doorbell is rung, so that after Shut() no thread rings.
 */
class Inbox {
 public:
  /** Rings once; called with the inbox locked, by the thread that put the first record into an empty inbox. */
  using Doorbell = void (*)(void* context);

  /** Payloads above this many bytes travel as blobs. */
  static constexpr size_t kLargestInline = 8 * 1024;

  /** From now on the doorbell is rung. Called on the JavaScript thread before any other thread exists. */
  void Connect(Doorbell doorbell, void* context);

  /** Drops what is in it and what comes: nobody is listening any more. Called on the JavaScript thread. */
  void Shut();

  /** Takes all that is in it. The doorbell stays silent until Rearm(). Called on the JavaScript thread. */
  std::vector<Batch> Take();

  /**
   * Has the doorbell ring again for what comes from now on, unless something came already.
   *
   * Not part of Take(): a threadsafe function that rings while it is being answered is answered again at once, up to a
   * thousand times, and a program that is slow over its answers would never see another turn of its event loop. Called on
   * the JavaScript thread.
   * @return whether the inbox is empty, and the doorbell armed
   */
  bool Rearm();

  /**
   * Appends a record of `fixed` bytes followed by `length` more, and fills it in with `fill(char* record, int32_t blob)`
   * while the inbox is locked. The record's bytes are zero, but for its size and kind. Where the payload is large, `blob`
   * is its index among the batch's blobs, and the record has no bytes after the fixed ones; otherwise `blob` is -1.
   *
   * @param copy copies the payload: `copy(char* destination)`.
   * @param is_text whether a large payload is to become a string, in UTF-8, and not a Buffer
   */
  template <typename Fill, typename Copy>
  void Append(int32_t kind, size_t fixed, size_t length, Fill fill, Copy copy,
              bool is_text = false) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (shut_) return;
    const bool large = length > kLargestInline;
    char* record = Reserve(kind, fixed + (large ? 0 : length));
    int32_t blob = -1;
    if (large) {
      copy(ReserveBlob(length, is_text, &blob));
    } else if (length > 0) {
      copy(record + fixed);
    }
    fill(record, blob);
    Ring();
  }

  /** Log lines are dropped, and counted, when this many wait: a C thread never waits for JavaScript to read them. */
  static constexpr uint32_t kMostLogLines = 1000;

  /** Appends a line of the C client's log, and when it was said, in milliseconds since 1970. Any thread. */
  void AppendLog(const char* line, int64_t time_ms);

 private:
  char* Reserve(int32_t kind, size_t size);
  char* ReserveBlob(size_t length, bool is_text, int32_t* index);
  void Ring();

  std::mutex mutex_;
  std::vector<Batch> batches_;
  Doorbell doorbell_ = nullptr;
  void* context_ = nullptr;
  bool rung_ = false;
  bool shut_ = false;
  uint32_t log_lines_ = 0;
  int32_t log_lines_lost_ = 0;
};

}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_INBOX_H
