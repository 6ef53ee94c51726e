/**
 * @file keeping.h
 * Whether memory that was freed is kept, how much a piece of it holds, and how such pieces are freed after all.
 */
#ifndef LIBZOOKEEPER_PORT_KEEPING_H
#define LIBZOOKEEPER_PORT_KEEPING_H

#include <stddef.h>
#include <stdlib.h>
#ifdef __APPLE__
#include <malloc/malloc.h>
#else
#include <malloc.h>
#endif

#include "variant.h"

namespace libzookeeper {
namespace port {

// AddressSanitizer watches over memory that is freed, and no other. gcc has a macro for it, clang a question.
#ifndef __has_feature
#define __has_feature(feature) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
constexpr bool kKeepsMemory = false;
#else
constexpr bool kKeepsMemory = kIsBuffered;
#endif

/** How many bytes a piece of malloc's has, which may be more than was asked for. */
inline size_t UsableSize(void* memory) {
#if defined(_WIN32)
  return _msize(memory);
#elif defined(__APPLE__)
  return malloc_size(memory);
#else
  return malloc_usable_size(memory);
#endif
}

/** Frees pieces that were kept, in a list that `next` links. */
template <typename Piece>
void FreePieces(Piece* piece) {
  while (piece != nullptr) {
    Piece* const next = piece->next;
    free(piece);
    piece = next;
  }
}

}  // namespace port
}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_PORT_KEEPING_H
