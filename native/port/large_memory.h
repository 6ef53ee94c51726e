/**
 * @file large_memory.h
 * Memory for large replies, and for batches of records, that is used again.
 */
#ifndef LIBZOOKEEPER_PORT_LARGE_MEMORY_H
#define LIBZOOKEEPER_PORT_LARGE_MEMORY_H

#include <stddef.h>

namespace libzookeeper {
namespace port {

/**
 * As malloc. Any thread, as all of these.
 *
 * V8 frees Buffers by the hundred, when it has collected them, and malloc gives the end of its heap back to the system then:
 * the next reply finds it gone, and a page fault for each 4 KiB costs more than all else about it. So what was freed is kept,
 * while there is a connection. How much is kept has a limit.
 *
 * All of it is memory of malloc's: what is freed here may have been allocated elsewhere, and the other way round.
 */
void* AllocateLarge(size_t size);

/** As free. */
void FreeLarge(void* memory);

/** While there is one, memory is kept. */
class LargeMemoryUser {
 public:
  LargeMemoryUser();
  /** The last one gives back what was kept. */
  ~LargeMemoryUser();
  LargeMemoryUser(const LargeMemoryUser&) = delete;
  LargeMemoryUser& operator=(const LargeMemoryUser&) = delete;
};

}  // namespace port
}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_PORT_LARGE_MEMORY_H
