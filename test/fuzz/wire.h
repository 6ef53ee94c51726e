/**
 * @file wire.h
 * Bytes as ZooKeeper's protocol has them.
 */
#ifndef LIBZOOKEEPER_FUZZ_WIRE_H
#define LIBZOOKEEPER_FUZZ_WIRE_H

#include <stdint.h>

#include <string>

namespace fuzz {

inline std::string Int(int32_t number) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) {
    bytes += static_cast<char>(static_cast<uint32_t>(number) >> shift);
  }
  return bytes;
}

/** Behind its length: a text, or a frame. */
inline std::string Sized(const std::string& bytes) {
  return Int(static_cast<int32_t>(bytes.size())) + bytes;
}

/** What each reply begins with: xid, a zxid of 1, the error. */
inline std::string ReplyHeader(int32_t xid, int32_t error) {
  return Int(xid) + std::string(7, '\0') + '\1' + Int(error);
}

}  // namespace fuzz

#endif  // LIBZOOKEEPER_FUZZ_WIRE_H
