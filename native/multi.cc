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

/** What there is to tell of one op. */
record::Outcome OutcomeOf(int rc, int err, bool has_path, bool has_stat) {
  if (rc != ZOK || err != ZOK) return record::kOutcomeNone;
  if (has_path) return record::kOutcomePath;
  return has_stat ? record::kOutcomeStat : record::kOutcomeNone;
}

}  // namespace

void MultiResults::Add(int32_t path_length, bool has_stat, char** path, int* path_size,
                       struct Stat** stat) {
  Room room;
  *path_size = 0;
  if (path_length >= 0) {
    const size_t size = static_cast<size_t>(path_length) + kSequenceBytes + 1;
    room.path = std::make_unique<char[]>(size);
    *path_size = static_cast<int>(size);
  }
  if (has_stat) room.stat = std::make_unique<struct Stat>();
  *path = room.path.get();
  *stat = room.stat.get();
  rooms_.push_back(std::move(room));
  zoo_op_result_t result{};
  result.err = kNothingSaid;
  results_.push_back(result);
}

size_t MultiResults::SerializedBytes(int rc) const {
  size_t size = 0;
  for (size_t i = 0; i < rooms_.size(); ++i) {
    const Room& room = rooms_[i];
    size += 2 * sizeof(int32_t);
    switch (OutcomeOf(rc, results_[i].err, room.path != nullptr, room.stat != nullptr)) {
      case record::kOutcomePath:
        size += PackedTextBytes(room.path.get());
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
        OutcomeOf(rc, results_[i].err, room.path != nullptr, room.stat != nullptr);
    bytes = PackNumber(bytes, results_[i].err);
    bytes = PackNumber(bytes, outcome);
    if (outcome == record::kOutcomePath) bytes = PackText(bytes, room.path.get());
    if (outcome == record::kOutcomeStat) {
      PackStat(bytes, *room.stat);
      bytes += record::kStatBytes;
    }
  }
}

bool MultiOps::Parse(const char* bytes, size_t length) {
  PackedReader reader(bytes, length);
  while (!reader.AtEnd()) {
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

    char* path_room = nullptr;
    int path_size = 0;
    struct Stat* stat_room = nullptr;
    results_->Add(kind == record::kOpCreate ? path_length : -1, kind == record::kOpSet, &path_room,
                  &path_size, &stat_room);
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
        zoo_create_op_init(&op, path, data, data_length, acl, number, path_room, path_size);
        break;
      }
      case record::kOpDelete:
        zoo_delete_op_init(&op, path, number);
        break;
      case record::kOpSet:
        zoo_set_op_init(&op, path, data, data_length, number, stat_room);
        break;
      case record::kOpCheck:
        zoo_check_op_init(&op, path, number);
        break;
      default:
        return false;
    }
    ops_.push_back(op);
  }
  return !ops_.empty();
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
