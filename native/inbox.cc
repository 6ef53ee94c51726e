#include "inbox.h"

#include <string.h>

#include <algorithm>
#include <utility>

#include "packed.h"
#include "record_layout.h"

namespace libzookeeper {

namespace {

/** Large enough that a batch is worth a call into JavaScript, small enough to be pinned by a value that is kept. */
constexpr size_t kBatchBytes = 32 * 1024;

}  // namespace

/** Memory that cannot be had ends the process, as it does everywhere in Node.js. */
char* Inbox::Allocate(size_t size) {
  char* bytes = static_cast<char*>(port::AllocateLarge(size));
  if (bytes == nullptr) abort();
  return bytes;
}

void Inbox::Connect(Doorbell doorbell, void* context) {
  const std::lock_guard<std::mutex> lock(doorbell_mutex_);
  doorbell_ = doorbell;
  context_ = context;
}

void Inbox::Shut() {
  {
    const std::lock_guard<std::mutex> lock(doorbell_mutex_);
    doorbell_ = nullptr;
  }
  const std::lock_guard<std::mutex> lock(mutex_);
  shut_ = true;
  batches_.clear();
}

std::vector<Batch> Inbox::Take() {
  const std::lock_guard<std::mutex> lock(mutex_);
  log_lines_ = 0;
  return std::exchange(batches_, {});
}

bool Inbox::Rearm() {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (!batches_.empty()) return false;
  rung_ = false;
  return true;
}

void Inbox::AppendLog(const char* line, int64_t time_ms) {
  const size_t length = strlen(line);
  int32_t lost = 0;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (log_lines_ >= kMostLogLines) {
      ++log_lines_lost_;
      return;
    }
    ++log_lines_;
    lost = std::exchange(log_lines_lost_, 0);
  }
  // The C client cuts its lines at 4 KiB, so that this holds and no line travels as a blob.
  const size_t inline_length = std::min(length, kLargestInline);
  Append(
      record::kLog, record::kLogBytes, inline_length,
      [&](char* bytes, int32_t) {
        Put<int32_t>(bytes, record::kLogLost, lost);
        Put<uint32_t>(bytes, record::kLogLength, static_cast<uint32_t>(inline_length));
        Put<int64_t>(bytes, record::kLogTime, time_ms);
      },
      [&](char* bytes) { memcpy(bytes, line, inline_length); });
}

char* Inbox::Reserve(int32_t kind, size_t size) {
  const size_t padded = Padded(size);
  if (batches_.empty() || batches_.back().capacity - batches_.back().used < padded) {
    Batch batch;
    batch.capacity = padded > kBatchBytes ? padded : kBatchBytes;
    batch.bytes.reset(Allocate(batch.capacity));
    batches_.push_back(std::move(batch));
  }
  Batch& batch = batches_.back();
  char* record = batch.bytes.get() + batch.used;
  batch.used += padded;
  memset(record, 0, padded);
  Put<uint32_t>(record, record::kSizeOffset, static_cast<uint32_t>(padded));
  Put<int32_t>(record, record::kKindOffset, kind);
  return record;
}

void Inbox::Ring() {
  const std::lock_guard<std::mutex> lock(doorbell_mutex_);
  if (doorbell_ != nullptr) doorbell_(context_);
}

}  // namespace libzookeeper
