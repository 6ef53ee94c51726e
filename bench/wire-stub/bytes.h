/**
 * @file bytes.h
 * A buffer that grows at its end and is consumed from its front, and the numbers of the wire: big-endian.
 */
#ifndef LIBZOOKEEPER_BENCH_BYTES_H
#define LIBZOOKEEPER_BENCH_BYTES_H

#include <arpa/inet.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct bytes {
  char* start;
  size_t from;
  size_t to;
  size_t capacity;
};

static inline size_t bytes_left(const struct bytes* bytes) { return bytes->to - bytes->from; }

/** Makes room for so many bytes more, at `start + to`. */
static inline char* bytes_reserve(struct bytes* bytes, size_t more) {
  if (bytes->from == bytes->to) bytes->from = bytes->to = 0;
  if (bytes->capacity - bytes->to < more && bytes->from > 0) {
    memmove(bytes->start, bytes->start + bytes->from, bytes_left(bytes));
    bytes->to -= bytes->from;
    bytes->from = 0;
  }
  if (bytes->capacity - bytes->to < more) {
    bytes->capacity = 2 * (bytes->to + more);
    bytes->start = realloc(bytes->start, bytes->capacity);
    if (bytes->start == NULL) {
      fputs("out of memory\n", stderr);
      exit(1);
    }
  }
  return bytes->start + bytes->to;
}

static inline void put_bytes(struct bytes* bytes, const void* source, size_t length) {
  memcpy(bytes_reserve(bytes, length), source, length);
  bytes->to += length;
}

static inline void put_int(struct bytes* bytes, int32_t value) {
  const uint32_t wire = htonl((uint32_t)value);
  put_bytes(bytes, &wire, sizeof wire);
}

static inline void put_long(struct bytes* bytes, int64_t value) {
  put_int(bytes, (int32_t)((uint64_t)value >> 32));
  put_int(bytes, (int32_t)value);
}

/** A request's body, read from its front. Past its end everything is 0: a client that is short of bytes gets an answer, too. */
struct reader {
  const char* at;
  size_t left;
};

static inline int32_t read_int(struct reader* reader) {
  uint32_t wire = 0;
  if (reader->left < sizeof wire) {
    reader->left = 0;
    return 0;
  }
  memcpy(&wire, reader->at, sizeof wire);
  reader->at += sizeof wire;
  reader->left -= sizeof wire;
  return (int32_t)ntohl(wire);
}

static inline int64_t read_long(struct reader* reader) {
  const uint64_t high = (uint32_t)read_int(reader);
  return (int64_t)(high << 32 | (uint32_t)read_int(reader));
}

/** A string or a buffer: its bytes, which are not terminated. A null one is empty. */
static inline struct reader read_buffer(struct reader* reader) {
  const int32_t length = read_int(reader);
  struct reader content = {reader->at, length > 0 ? (size_t)length : 0};
  if (content.left > reader->left) content.left = reader->left;
  reader->at += content.left;
  reader->left -= content.left;
  return content;
}

static inline void skip(struct reader* reader, size_t length) {
  if (length > reader->left) length = reader->left;
  reader->at += length;
  reader->left -= length;
}

#endif
