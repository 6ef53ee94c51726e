/**
 * @file set_watches.cc
 * A fuzz target: splitting the request that sets watches again. Each part can be taken apart, none is longer than it need be,
 * and all paths are there, once. What is no such request is left alone, or read without harm.
 */
#include "port/set_watches.h"

#include <proto.h>
#include <stdlib.h>

#include <string>
#include <vector>

#include "input.h"
#include "port/wire_reader.h"
#include "port/xid.h"
#include "wire.h"

using fuzz::Input;
using libzookeeper::port::kSetWatchesXid;
using libzookeeper::port::SplitSetWatches;
using libzookeeper::port::WireReader;

namespace {

constexpr size_t kHeaderBytes = 16;
constexpr size_t kMostBytes = 128 * 1024;

/** Some of two parts, or of three if a path is long; what takes longer is tried less often. */
constexpr size_t kEnough = kMostBytes + kMostBytes / 2;

/** The paths of a request, in order, each kind's in a list of its own. @return false when it is none */
bool ReadPaths(const char* request, size_t length, std::vector<std::string>* paths) {
  WireReader reader(request, length);
  if (reader.Take(kHeaderBytes) == nullptr) return false;
  for (size_t kind = 0; kind < 3; ++kind) {
    for (int32_t left = reader.IntOrMinusOne(); left > 0; --left) {
      const int32_t size = reader.IntOrMinusOne();
      const char* path = size < 0 ? nullptr : reader.Take(static_cast<size_t>(size));
      if (path == nullptr) return false;
      paths[kind].emplace_back(path, static_cast<size_t>(size));
    }
  }
  return true;
}

/** How many paths of all kinds there are. */
size_t CountOf(const std::vector<std::string>* paths) {
  return paths[0].size() + paths[1].size() + paths[2].size();
}

/**
 * A request as the C client writes it. Only above 128 KiB is anything split: runs of paths that are alike, each of which takes
 * three bytes of the input.
 */
std::string MakeRequest(Input* input) {
  std::string request = fuzz::Int(kSetWatchesXid) + fuzz::Int(ZOO_SETWATCHES_OP);
  request += fuzz::Int(input->Byte());
  request += fuzz::Int(input->Byte());
  for (int kind = 0; kind < 3; ++kind) {
    std::string paths;
    int32_t count = 0;
    for (int runs = input->Byte() % 8; runs > 0; --runs) {
      const size_t length = size_t{1} << (input->Byte() % 19);
      const int32_t more = 1 + input->Byte() % 32;
      const std::string path(length - input->Byte() % length, static_cast<char>('a' + runs));
      for (int32_t i = 0; i < more && request.size() + paths.size() < kEnough; ++i, ++count) {
        paths += fuzz::Sized(path);
      }
    }
    request += fuzz::Int(count) + paths;
  }
  return request;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t length) {
  Input input(bytes, length);
  const bool is_spoilt = input.Byte() % 4 == 0;
  std::string request = MakeRequest(&input);
  if (is_spoilt) {
    // Somewhere near its beginning, where its lengths are, and cut short.
    for (int i = input.Byte() % 4; i >= 0; --i) {
      request[input.Byte() % request.size()] = static_cast<char>(input.Byte());
    }
    request.resize(request.size() - input.Byte() % request.size());
  }
  const std::vector<char> parts = SplitSetWatches(request.data(), request.size());
  if (parts.empty()) {
    if (!is_spoilt && request.size() > kMostBytes) abort();
    return 0;
  }
  std::vector<std::string> whole[3];
  std::vector<std::string> together[3];
  if (!ReadPaths(request.data(), request.size(), whole)) abort();
  for (size_t at = 0; at < parts.size();) {
    const auto size = static_cast<size_t>(WireReader::IntAt(parts.data() + at));
    at += sizeof(int32_t);
    if (size > parts.size() - at) abort();
    if (request.compare(0, kHeaderBytes, parts.data() + at, kHeaderBytes) != 0) abort();
    const size_t before = CountOf(together);
    if (!ReadPaths(parts.data() + at, size, together)) abort();
    const size_t added = CountOf(together) - before;
    if (added == 0 || (size > kMostBytes && added > 1)) abort();
    at += size;
  }
  for (size_t kind = 0; kind < 3; ++kind) {
    if (whole[kind] != together[kind]) abort();
  }
  return 0;
}
