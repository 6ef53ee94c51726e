/**
 * @file free_lists.h
 * Memory for the C client that is used again, by whichever thread wants some next.
 */
#ifndef LIBZOOKEEPER_PORT_FREE_LISTS_H
#define LIBZOOKEEPER_PORT_FREE_LISTS_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

namespace libzookeeper {
namespace port {

/**
 * As malloc. Any thread, as all of these.
 *
 * Of what a request takes, most is allocated by the JavaScript thread and freed by the I/O thread. malloc has the two fight for
 * one lock then, and puts each of them to sleep over it. So what was freed is kept: in lists of the thread that freed it, and
 * from there, a bundle at a time, in lists that all threads take from. How much is kept has a limit.
 *
 * All of it is memory of malloc's: what is freed here may have been allocated elsewhere, and the other way round.
 */
void* Allocate(size_t size);

/** As calloc. */
void* AllocateCleared(size_t count, size_t size);

/** As realloc. */
void* Reallocate(void* memory, size_t size);

/** As free. */
void Free(void* memory);

/** The same for containers of our own that one thread fills and another one destroys. */
template <typename T>
struct Allocator {
  using value_type = T;
  Allocator() = default;
  template <typename U>
  Allocator(const Allocator<U>&) {}  // NOLINT(google-explicit-constructor): containers convert
  T* allocate(size_t count) {
    // Memory that cannot be had ends the process, as everywhere in Node.js.
    void* const memory = count > SIZE_MAX / sizeof(T) ? nullptr : Allocate(count * sizeof(T));
    if (memory == nullptr) abort();
    return static_cast<T*>(memory);
  }
  void deallocate(T* memory, size_t) { Free(memory); }
  template <typename U>
  bool operator==(const Allocator<U>&) const {
    return true;
  }
  template <typename U>
  bool operator!=(const Allocator<U>&) const {
    return false;
  }
};

}  // namespace port
}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_PORT_FREE_LISTS_H
