#include "multi.h"

#include <string.h>

#include <utility>

#include "packed.h"
#include "record_layout.h"
#include "stat.h"

namespace libzookeeper {

namespace {

/** What the server appends to the path of a sequential node: ten digits, or a sign among eleven once it has wrapped. */
constexpr size_t kSequenceBytes = 11;

/** What an op is said to have come to that the server's answer says nothing about. */
constexpr int kNothingSaid = ZMARSHALLINGERROR;

/** The fewest bytes that an op takes: a kind, a number, and an empty path with its NUL. */
constexpr size_t kFewestBytes = 3 * sizeof(int32_t) + 1;

/** What there is to tell of one op. */
record::Outcome OutcomeOf(int rc, int err, bool has_path, bool has_stat) {
  if (rc != ZOK || err != ZOK) return record::kOutcomeNone;
  if (has_path) return record::kOutcomePath;
  return has_stat ? record::kOutcomeStat : record::kOutcomeNone;
}

}  // namespace

MultiResults::MultiResults(size_t count) {
  rooms_.reserve(count);
  results_.reserve(count);
}

void MultiResults::Add(Room room) {
  rooms_.push_back(std::move(room));
  zoo_op_result_t result{};
  result.err = kNothingSaid;
  results_.push_back(result);
}

struct Stat* MultiResults::AddStat() {
  // Together, since it is the I/O thread that frees them; and for all, since none may move.
  stats_.reserve(rooms_.capacity());
  stats_.emplace_back();
  Room room;
  room.stat = &stats_.back();
  Add(std::move(room));
  return &stats_.back();
}

char* MultiResults::AddPath(int32_t length, int* size) {
  const size_t bytes = static_cast<size_t>(length) + kSequenceBytes + 1;
  Room room;
  room.path.resize(bytes);
  char* const path = room.path.data();
  *size = static_cast<int>(bytes);
  Add(std::move(room));
  return path;
}

size_t MultiResults::SerializedBytes(int rc) const {
  size_t size = 0;
  for (size_t i = 0; i < rooms_.size(); ++i) {
    const Room& room = rooms_[i];
    size += record::kOutcomeBytes;
    switch (OutcomeOf(rc, results_[i].err, !room.path.empty(), room.stat != nullptr)) {
      case record::kOutcomePath:
        size += Padded(PackedTextBytes(room.path.data()));
        break;
      case record::kOutcomeStat:
        size += record::kStatBytes;
        break;
      case record::kOutcomeNone:
        break;
    }
  }
  return size;
}

void MultiResults::Serialize(int rc, char* bytes) const {
  for (size_t i = 0; i < rooms_.size(); ++i) {
    const Room& room = rooms_[i];
    const record::Outcome outcome =
        OutcomeOf(rc, results_[i].err, !room.path.empty(), room.stat != nullptr);
    Put<int32_t>(bytes, record::kOutcomeCode, results_[i].err);
    Put<int32_t>(bytes, record::kOutcomeKind, outcome);
    bytes += record::kOutcomeBytes;
    if (outcome == record::kOutcomePath) {
      char* const end = PackText(bytes, room.path.data());
      const size_t size = Padded(static_cast<size_t>(end - bytes));
      memset(end, 0, static_cast<size_t>(bytes + size - end));
      bytes += size;
    }
    if (outcome == record::kOutcomeStat) {
      PackStat(bytes, *room.stat);
      bytes += record::kStatBytes;
    }
  }
}

bool MultiOps::Parse(const char* bytes, size_t length) {
  PackedReader reader(bytes, length);
  int32_t count = 0;
  if (!reader.Number(&count) || count < 1) return false;
  // No more room than the bytes can have a use for, whatever they say.
  if (static_cast<size_t>(count) > length / kFewestBytes) return false;
  ops_.reserve(static_cast<size_t>(count));
  results_ = std::make_unique<MultiResults>(static_cast<size_t>(count));
  for (int32_t i = 0; i < count; ++i) {
    int32_t kind = 0;
    int32_t number = 0;
    const char* path = nullptr;
    int32_t path_length = 0;
    const char* end = nullptr;
    if (!reader.Number(&kind) || !reader.Number(&number) || !reader.Bytes(&path, &path_length) ||
        path == nullptr || !reader.Bytes(&end, 1) ||
        memchr(path, '\0', static_cast<size_t>(path_length)) != nullptr || *end != '\0') {
      return false;
    }
    const char* data = nullptr;
    int32_t data_length = -1;
    const bool has_data = kind == record::kOpCreate || kind == record::kOpSet;
    if (has_data && !reader.Bytes(&data, &data_length)) return false;

    zoo_op_t op{};
    switch (kind) {
      case record::kOpCreate: {
        const char* packed_acl = nullptr;
        int32_t acl_length = 0;
        if (!reader.Bytes(&packed_acl, &acl_length)) return false;
        const struct ACL_vector* acl = &ZOO_OPEN_ACL_UNSAFE;
        if (packed_acl != nullptr) {
          acls_.emplace_back();
          if (!acls_.back().Parse(packed_acl, static_cast<size_t>(acl_length))) return false;
          acl = acls_.back().vector();
        }
        // Anything else is an op that zoo_amulti does not know, or that it cannot read the answer of.
        if ((number & ~(ZOO_EPHEMERAL | ZOO_SEQUENCE)) != 0) return false;
        int size = 0;
        char* const created = results_->AddPath(path_length, &size);
        zoo_create_op_init(&op, path, data, data_length, acl, number, created, size);
        break;
      }
      case record::kOpDelete:
        results_->Add();
        zoo_delete_op_init(&op, path, number);
        break;
      case record::kOpSet:
        zoo_set_op_init(&op, path, data, data_length, number, results_->AddStat());
        break;
      case record::kOpCheck:
        results_->Add();
        zoo_check_op_init(&op, path, number);
        break;
      default:
        return false;
    }
    ops_.push_back(op);
  }
  return reader.AtEnd();
}

zoo_op_result_t* PendingMultis::Put(uint32_t id, std::unique_ptr<MultiResults> results) {
  zoo_op_result_t* raw = results->results();
  const std::lock_guard<std::mutex> lock(mutex_);
  results_[id] = std::move(results);
  return raw;
}

std::unique_ptr<MultiResults> PendingMultis::Take(uint32_t id) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = results_.find(id);
  if (found == results_.end()) return nullptr;
  std::unique_ptr<MultiResults> results = std::move(found->second);
  results_.erase(found);
  return results;
}

void PendingMultis::Clear() {
  const std::lock_guard<std::mutex> lock(mutex_);
  results_.clear();
}

}  // namespace libzookeeper
