/**
 * @file packed.h
 * Numbers and texts as they cross between TypeScript and here, at offsets of a record or packed one behind the other: in the
 * machine's byte order, at any alignment. A text is an int32 length and that many bytes.
 */
#ifndef LIBZOOKEEPER_PACKED_H
#define LIBZOOKEEPER_PACKED_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

namespace libzookeeper {

/** The size with what is left out until the next multiple of 8, where numbers of any size may lie. */
constexpr size_t Padded(size_t size) { return (size + 7) & ~static_cast<size_t>(7); }

/** Stores a number in a record, at any alignment. */
template <typename Number>
void Put(char* record, uint32_t offset, Number number) {
  memcpy(record + offset, &number, sizeof number);
}

/** Writes a number. @return where the next goes */
inline char* PackNumber(char* bytes, int32_t number) {
  memcpy(bytes, &number, sizeof number);
  return bytes + sizeof number;
}

/** How many bytes PackText() writes. */
inline size_t PackedTextBytes(const char* text) {
  return sizeof(int32_t) + (text == nullptr ? 0 : strlen(text));
}

/** Writes a text; null as an empty one. @return where the next goes */
inline char* PackText(char* bytes, const char* text) {
  const size_t length = text == nullptr ? 0 : strlen(text);
  bytes = PackNumber(bytes, static_cast<int32_t>(length));
  if (length > 0) memcpy(bytes, text, length);
  return bytes + length;
}

/** Reads what was packed, and never past the end. What it gives points into the bytes. */
class PackedReader {
 public:
  PackedReader(const char* bytes, size_t length) : at_(bytes), left_(length) {}

  bool AtEnd() const { return left_ == 0; }

  /** @return false when the bytes end before the number does */
  bool Number(int32_t* number) {
    if (left_ < sizeof *number) return false;
    memcpy(number, at_, sizeof *number);
    Advance(sizeof *number);
    return true;
  }

  /** Bytes that a length of their own leads; null for a length of -1. @return false when it makes no sense */
  bool Bytes(const char** bytes, int32_t* length) {
    if (!Number(length) || *length < -1) return false;
    *bytes = nullptr;
    if (*length < 0) return true;
    return Bytes(bytes, static_cast<size_t>(*length));
  }

  /** So many bytes. @return false when there are fewer */
  bool Bytes(const char** bytes, size_t length) {
    if (length > left_) return false;
    *bytes = at_;
    Advance(length);
    return true;
  }

 private:
  void Advance(size_t bytes) {
    at_ += bytes;
    left_ -= bytes;
  }

  const char* at_;
  size_t left_;
};

}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_PACKED_H
