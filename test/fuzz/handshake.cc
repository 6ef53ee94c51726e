/**
 * @file handshake.cc
 * A fuzz target: the check of the handshake's answer. What it lets pass is a session that can be kept, or the end of one.
 */
#include "port/handshake.h"

#include <stdlib.h>

#include <string>

#include "input.h"
#include "wire.h"

using fuzz::Input;
using fuzz::Int;
using libzookeeper::port::Handshake;
using libzookeeper::port::WireReader;

namespace {

/** So many bytes of the input, and zeros behind them. */
std::string Padded(std::string bytes, size_t length) {
  bytes.resize(length);
  return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t length) {
  Input input(bytes, length);
  const bool resumes = (input.Byte() & 1) != 0;
  const bool read_only_will_do = (input.Byte() & 1) != 0;
  const std::string session = resumes ? std::string(7, '\0') + '\7' : std::string(8, '\0');
  const std::string request = Int(0) + std::string(8, '\0') + Int(3000) + session + Int(16) +
                              std::string(16, '\0') + (read_only_will_do ? '\1' : '\0');
  Handshake handshake;
  handshake.Requested(request.data(), request.size());
  const size_t size =
      (input.Byte() & 1) != 0 ? Handshake::kAnswerBytes : Handshake::kShortAnswerBytes;
  const std::string answer = Padded(input.Rest(), size);
  // In memory of just its length, so that a byte read beyond its end is found.
  const std::string exact(answer.begin(), answer.end());
  if (Handshake::CheckLength(static_cast<int32_t>(size)) != nullptr) abort();
  if (handshake.Check(exact.data(), exact.size()) != nullptr) return 0;
  const int32_t timeout = WireReader::IntAt(exact.data() + 4);
  const bool is_expiry = resumes && exact.compare(8, 8, session) != 0;
  if (!is_expiry && (timeout < 10 || timeout > 1'000'000'000)) abort();
  if (!is_expiry && exact.compare(8, 8, std::string(8, '\0')) == 0) abort();
  if (size == Handshake::kAnswerBytes && exact.back() != 0 && !read_only_will_do) abort();
  return 0;
}
