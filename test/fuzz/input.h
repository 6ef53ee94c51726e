/**
 * @file input.h
 * A fuzzer's bytes, taken one choice at a time.
 */
#ifndef LIBZOOKEEPER_FUZZ_INPUT_H
#define LIBZOOKEEPER_FUZZ_INPUT_H

#include <stddef.h>
#include <stdint.h>

#include <algorithm>
#include <string>

namespace fuzz {

/** Gives zeros, and nothing, once the bytes are used up. */
class Input {
 public:
  Input(const uint8_t* bytes, size_t length) : next_(bytes), left_(length) {}

  bool IsEmpty() const { return left_ == 0; }

  uint8_t Byte() {
    if (left_ == 0) return 0;
    --left_;
    return *next_++;
  }

  /** As many bytes as a first one says, or as there are. */
  std::string Bytes() { return Take(Byte()); }

  /** All that is left. */
  std::string Rest() { return Take(left_); }

 private:
  std::string Take(size_t length) {
    const size_t taken = std::min(length, left_);
    std::string bytes(reinterpret_cast<const char*>(next_), taken);
    next_ += taken;
    left_ -= taken;
    return bytes;
  }

  const uint8_t* next_;
  size_t left_;
};

}  // namespace fuzz

#endif  // LIBZOOKEEPER_FUZZ_INPUT_H
