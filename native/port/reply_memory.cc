#include "reply_memory.h"

#include <stdint.h>

#include "context.h"
#include "expected_replies.h"
#include "large_memory.h"
#include "variant.h"

namespace libzookeeper {
namespace port {

namespace {

/** What lies in a frame ahead of the data of a node: the reply's header, and the data's length. */
constexpr size_t kDataOffset = ExpectedReplies::kHeaderBytes + sizeof(int32_t);

/** malloc's. */
constexpr size_t kAlignment = 16;

/** What lies ahead of a frame, so that its data is aligned. A frame can be told by it: malloc gives out nothing like that. */
constexpr size_t kFrameOffset = (kAlignment - kDataOffset % kAlignment) % kAlignment;
static_assert(kFrameOffset != 0, "a frame must not look like what malloc gives");

}  // namespace

void* AllocateFrame(size_t size) {
  // First, since the C client asks for little most of the time.
  if (!kIsBuffered || size < kSmallestHandedOver) return nullptr;
  const Context* context = Current();
  if (context == nullptr || !context->replies.IsAboutToReceive(size)) return nullptr;
  char* const memory = static_cast<char*>(AllocateLarge(kFrameOffset + size));
  return memory == nullptr ? nullptr : memory + kFrameOffset;
}

bool IsFrame(const void* memory) {
  return reinterpret_cast<uintptr_t>(memory) % kAlignment == kFrameOffset;
}

void FreeFrame(void* memory) {
  Context* context = Current();
  if (context != nullptr && memory == context->handed_over) {
    context->handed_over = nullptr;
  } else {
    FreeLarge(static_cast<char*>(memory) - kFrameOffset);
  }
}

char* HandOverFrame(const char* data) {
  const char* const frame = data - kDataOffset;
  Context* context = Current();
  if (context == nullptr || !IsFrame(frame)) return nullptr;
  context->handed_over = frame;
  return const_cast<char*>(frame) - kFrameOffset;
}

}  // namespace port
}  // namespace libzookeeper
