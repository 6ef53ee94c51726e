/**
 * @file set_watches.cc
 * A fuzz target: splitting the request that sets watches again. Each part can be taken apart, and all paths are there, once.
 */
#include "port/set_watches.h"

#include <stdlib.h>

#include <string>
#include <vector>

#include "port/wire_reader.h"

using libzookeeper::port::SplitSetWatches;
using libzookeeper::port::WireReader;

namespace {

constexpr size_t kHeaderBytes = 16;

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

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t length) {
  // Only above 128 KiB is anything split: what the fuzzer gives is repeated.
  if (length < kHeaderBytes) return 0;
  std::string request(reinterpret_cast<const char*>(bytes), length);
  const std::string body = request.substr(kHeaderBytes);
  while (!body.empty() && request.size() < 200 * 1024) request += body;
  const std::vector<char> parts = SplitSetWatches(request.data(), request.size());
  if (parts.empty()) return 0;
  std::vector<std::string> whole[3];
  std::vector<std::string> together[3];
  if (!ReadPaths(request.data(), request.size(), whole)) abort();
  for (size_t at = 0; at < parts.size();) {
    const auto size = static_cast<size_t>(WireReader::IntAt(parts.data() + at));
    at += sizeof(int32_t);
    if (size > parts.size() - at) abort();
    if (request.compare(0, kHeaderBytes, parts.data() + at, kHeaderBytes) != 0) abort();
    if (!ReadPaths(parts.data() + at, size, together)) abort();
    at += size;
  }
  for (size_t kind = 0; kind < 3; ++kind) {
    if (whole[kind] != together[kind]) abort();
  }
  return 0;
}
