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
#include <utility>
#include <vector>

#include "port/large_memory.h"

namespace libzookeeper {

/** Memory that malloc gave. */
struct Freed {
  void operator()(void* bytes) const { port::FreeLarge(bytes); }
};
using Bytes = std::unique_ptr<char, Freed>;

/** A payload too large to lie among the records. */
struct Blob {
  /** The memory that it lies in. */
  Bytes memory;
  /** Where it begins. */
  char* bytes;
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
 * One mutex is held while a record is written, but not while a large payload is copied; another one while the doorbell is
 * rung, so that after Shut() no thread rings. To ring wakes the JavaScript thread, on the processor of whoever rings as it
 * may be: which then must not hold what that thread asks for first.
 */
class Inbox {
 public:
  /** Rings once; called by the thread that put the first record into an empty inbox. */
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
    if (length <= kLargestInline) {
      AppendRecord(kind, fixed + length, [&](char* record) {
        if (length > 0) copy(record + fixed);
        fill(record, -1);
      });
      return;
    }
    Bytes memory(Allocate(length));
    char* const bytes = memory.get();
    copy(bytes);
    AppendBlob(kind, fixed, Blob{std::move(memory), bytes, length, is_text}, fill);
  }

  /** The same for a payload that is in memory of its own already. */
  template <typename Fill>
  void AppendBlob(int32_t kind, size_t fixed, Blob blob, Fill fill) {
    AppendRecord(kind, fixed, [&](char* record) {
      std::vector<Blob>& blobs = batches_.back().blobs;
      fill(record, static_cast<int32_t>(blobs.size()));
      blobs.push_back(std::move(blob));
    });
  }

  /** Log lines are dropped, and counted, when this many wait: a C thread never waits for JavaScript to read them. */
  static constexpr uint32_t kMostLogLines = 1000;

  /** Appends a line of the C client's log, and when it was said, in milliseconds since 1970. Any thread. */
  void AppendLog(const char* line, int64_t time_ms);

 private:
  static char* Allocate(size_t size);

  /** @param fill_in `fill_in(char* record)`, with the inbox locked */
  template <typename FillIn>
  void AppendRecord(int32_t kind, size_t size, FillIn fill_in) {
    bool rings = false;
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      if (shut_) return;
      fill_in(Reserve(kind, size));
      rings = !std::exchange(rung_, true);
    }
    if (rings) Ring();
  }

  char* Reserve(int32_t kind, size_t size);
  void Ring();

  std::mutex doorbell_mutex_;
  Doorbell doorbell_ = nullptr;  // guarded by doorbell_mutex_, as what follows
  void* context_ = nullptr;

  std::mutex mutex_;
  std::vector<Batch> batches_;  // guarded by mutex_, as all that follows
  bool rung_ = false;
  bool shut_ = false;
  uint32_t log_lines_ = 0;
  int32_t log_lines_lost_ = 0;
};

}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_INBOX_H
