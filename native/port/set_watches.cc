#include "set_watches.h"

#include <arpa/inet.h>
#include <proto.h>
#include <stdint.h>

#include "wire_reader.h"
#include "xid.h"

namespace libzookeeper {
namespace port {

namespace {

/** As in the Java client. A path that is longer by itself makes a request of its own. */
constexpr size_t kMostBytes = 128 * 1024;

/** Data, exists and children, in this order. */
constexpr size_t kKinds = 3;

/** xid and type, then the zxid. */
constexpr size_t kHeaderBytes = 16;

constexpr size_t kLengthBytes = sizeof(int32_t);

/** One request, as it fills. */
class Part {
 public:
  explicit Part(const char* header) : header_(header) {}

  bool HasRoomFor(size_t path_bytes) const { return empty_ || bytes_ + path_bytes <= kMostBytes; }

  /** @param path with its length before it */
  void Add(size_t kind, const char* path, size_t path_bytes) {
    paths_[kind].insert(paths_[kind].end(), path, path + path_bytes);
    ++counts_[kind];
    bytes_ += path_bytes;
    empty_ = false;
  }

  /** Appends the request, and begins another. */
  void MoveTo(std::vector<char>* requests) {
    if (empty_) return;
    AppendInt(requests, static_cast<int32_t>(bytes_));
    requests->insert(requests->end(), header_, header_ + kHeaderBytes);
    for (size_t kind = 0; kind < kKinds; ++kind) {
      AppendInt(requests, counts_[kind]);
      requests->insert(requests->end(), paths_[kind].begin(), paths_[kind].end());
    }
    *this = Part(header_);
  }

 private:
  static void AppendInt(std::vector<char>* bytes, int32_t number) {
    const uint32_t ordered = htonl(static_cast<uint32_t>(number));
    const char* first = reinterpret_cast<const char*>(&ordered);
    bytes->insert(bytes->end(), first, first + sizeof ordered);
  }

  const char* header_;
  std::vector<char> paths_[kKinds];
  int32_t counts_[kKinds] = {};
  size_t bytes_ = kHeaderBytes + kKinds * kLengthBytes;
  bool empty_ = true;
};

}  // namespace

std::vector<char> SplitSetWatches(const char* request, size_t length) {
  std::vector<char> requests;
  if (length <= kMostBytes) return requests;
  WireReader reader(request, length);
  if (reader.IntOrMinusOne() != kSetWatchesXid || reader.IntOrMinusOne() != ZOO_SETWATCHES_OP ||
      reader.Take(sizeof(int64_t)) == nullptr) {
    return requests;
  }
  Part part(request);
  for (size_t kind = 0; kind < kKinds; ++kind) {
    for (int32_t left = reader.IntOrMinusOne(); left > 0; --left) {
      const int32_t path_length = reader.IntOrMinusOne();
      const char* path = path_length < 0 ? nullptr : reader.Take(static_cast<size_t>(path_length));
      // Not as the C client writes it: then it is not for us to change.
      if (path == nullptr) return {};
      const size_t path_bytes = kLengthBytes + static_cast<size_t>(path_length);
      if (!part.HasRoomFor(path_bytes)) part.MoveTo(&requests);
      part.Add(kind, path - kLengthBytes, path_bytes);
    }
  }
  part.MoveTo(&requests);
  return requests;
}

}  // namespace port
}  // namespace libzookeeper
