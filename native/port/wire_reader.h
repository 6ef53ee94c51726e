/**
 * @file wire_reader.h
 * Reading what ZooKeeper's serialization, jute, has written.
 */
#ifndef LIBZOOKEEPER_PORT_WIRE_READER_H
#define LIBZOOKEEPER_PORT_WIRE_READER_H

#include <arpa/inet.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

namespace libzookeeper {
namespace port {

/**
 * Takes numbers, which are in the network's byte order, and runs of bytes, from the front of some bytes. What would reach
 * beyond their end is refused, and with it everything that is asked for afterwards.
 */
class WireReader {
 public:
  WireReader(const char* bytes, size_t length) : next_(bytes), left_(length) {}

  /** @return where so many bytes begin; null where there are fewer */
  const char* Take(size_t length) {
    if (!is_good_ || length > left_) {
      is_good_ = false;
      return nullptr;
    }
    const char* taken = next_;
    next_ += length;
    left_ -= length;
    return taken;
  }

  /** @return false where there is none */
  bool Int(int32_t* number) {
    const char* bytes = Take(sizeof *number);
    if (bytes == nullptr) return false;
    *number = IntAt(bytes);
    return true;
  }

  bool Long(int64_t* number) {
    int32_t high = 0;
    int32_t low = 0;
    if (!Int(&high) || !Int(&low)) return false;
    *number = static_cast<int64_t>((static_cast<uint64_t>(static_cast<uint32_t>(high)) << 32) |
                                   static_cast<uint32_t>(low));
    return true;
  }

  /** @return -1 where there is none */
  int32_t IntOrMinusOne() {
    int32_t number = -1;
    Int(&number);
    return number;
  }

  /** Passes bytes that their length leads, of which `least` is the smallest that makes sense: -1 stands for null. */
  bool SkipBytes(int32_t least) {
    int32_t length = 0;
    if (!Int(&length) || length < least) return false;
    return length <= 0 || Take(static_cast<size_t>(length)) != nullptr;
  }

  size_t left() const { return left_; }

  /** The number that begins there. */
  static int32_t IntAt(const char* bytes) {
    uint32_t number;
    memcpy(&number, bytes, sizeof number);
    return static_cast<int32_t>(ntohl(number));
  }

 private:
  const char* next_;
  size_t left_;
  bool is_good_ = true;
};

}  // namespace port
}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_PORT_WIRE_READER_H
