/**
 * @file reply_memory.h
 * The memory of large replies, which can be handed over.
 */
#ifndef LIBZOOKEEPER_PORT_REPLY_MEMORY_H
#define LIBZOOKEEPER_PORT_REPLY_MEMORY_H

#include <stddef.h>

namespace libzookeeper {
namespace port {

/** From this size on, in bytes, handing memory over beats copying it. */
constexpr size_t kSmallestHandedOver = 32 * 1024;

/**
 * Memory for a frame that is about to be received, which is not cleared; null when that is not what the C client asks for, or
 * the frame is small. What a frame holds behind its header and a length begins at a multiple of 16, as what malloc gives does.
 * I/O thread.
 */
void* AllocateFrame(size_t size);

/** Whether AllocateFrame() gave that memory. Any thread. */
bool IsFrame(const void* memory);

/** Frees it, unless it was handed over. Any thread. */
void FreeFrame(void* memory);

/**
 * Hands over the memory of the frame whose completion is being called. The thread that calls it, which frees the frame right
 * after that.
 * @param data what the frame holds behind its header and a length
 * @return what the memory is to be freed by, with FreeLarge(); null when it cannot be had
 */
char* HandOverFrame(const char* data);

}  // namespace port
}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_PORT_REPLY_MEMORY_H
