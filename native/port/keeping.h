/**
 * @file keeping.h
 * Whether memory that was freed is kept, and how much a piece of it holds.
 */
#ifndef LIBZOOKEEPER_PORT_KEEPING_H
#define LIBZOOKEEPER_PORT_KEEPING_H

#include <stddef.h>
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

}  // namespace port
}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_PORT_KEEPING_H
