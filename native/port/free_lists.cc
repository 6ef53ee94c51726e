#include "free_lists.h"

#include <stdlib.h>
#include <string.h>

#include <atomic>

#include "keeping.h"

namespace libzookeeper {
namespace port {

namespace {

/** The pieces of a class have 8 bytes more than a multiple of 16: what glibc gives out. */
constexpr size_t kStep = 16;
constexpr size_t kOverhead = 8;

/** Requests' buffers, which the C client doubles, up to 2 KiB; completions, paths. What is larger is rare. */
constexpr size_t kClasses = 129;

constexpr size_t SizeOf(size_t which) { return kStep * which + kOverhead; }

constexpr size_t kLargest = SizeOf(kClasses - 1);

/** So many pieces of a class are given to other threads together. */
constexpr size_t BundleOf(size_t which) {
  constexpr size_t kMost = 32;
  constexpr size_t kBytes = 8 * 1024;
  return SizeOf(which) * kMost <= kBytes ? kMost : kBytes / SizeOf(which);
}

constexpr size_t SizeOfBundle(size_t which) { return BundleOf(which) * SizeOf(which); }

/** So much may wait to be used by other threads. */
constexpr size_t kMostShared = 1024 * 1024;

struct Piece {
  Piece* next;
  /** Of the first of a bundle. */
  Piece* next_bundle;
};

/** What a thread keeps of one class: a bundle that it fills and empties, and whole ones, taken from what is shared. */
struct Kept {
  Piece* pieces;
  size_t count;
  Piece* bundles;
};

/** What any thread may take, all of a class at once: so that nobody looks at a piece that somebody else has. */
std::atomic<Piece*> shared[kClasses];

/** Of that, and of the whole bundles that threads have taken. In bytes. */
std::atomic<size_t> shared_size{0};

/** These need no destructor: memory is freed by threads that are ending, too. */
thread_local Kept kept[kClasses];
thread_local bool has_ended = false;

/** The class whose pieces are large enough. @param size at most kLargest */
size_t ClassToAllocate(size_t size) {
  // malloc gives out none that are smaller.
  return size <= SizeOf(1) ? 1 : (size - kOverhead + kStep - 1) / kStep;
}

/** The class that a piece is large enough for. @return one that there is not when it is too small, or large, to be kept */
size_t ClassToKeep(size_t size) { return size < SizeOf(1) ? kClasses : (size - kOverhead) / kStep; }

/** Gives back what the thread keeps when it ends. */
class Ending {
 public:
  Ending() = default;
  Ending(const Ending&) = delete;
  Ending& operator=(const Ending&) = delete;
  ~Ending() {
    has_ended = true;
    for (size_t which = 0; which < kClasses; ++which) {
      Kept& mine = kept[which];
      FreePieces(mine.pieces);
      while (Piece* const bundle = mine.bundles) {
        mine.bundles = bundle->next_bundle;
        shared_size.fetch_sub(SizeOfBundle(which), std::memory_order_relaxed);
        FreePieces(bundle);
      }
      mine = Kept{};
    }
  }

  /** From now on there is something to give back. */
  void Expect() {}
};

thread_local Ending ending;

/** Gives the thread's pieces of a class, a bundle, to all; frees them where there is enough. */
void Share(size_t which) {
  Piece* const bundle = kept[which].pieces;
  kept[which].pieces = nullptr;
  kept[which].count = 0;
  const size_t size = SizeOfBundle(which);
  if (shared_size.fetch_add(size, std::memory_order_relaxed) >= kMostShared) {
    shared_size.fetch_sub(size, std::memory_order_relaxed);
    FreePieces(bundle);
    return;
  }
  bundle->next_bundle = shared[which].load(std::memory_order_relaxed);
  while (!shared[which].compare_exchange_weak(
      bundle->next_bundle, bundle, std::memory_order_release, std::memory_order_relaxed)) {
  }
}

/** Has the thread's pieces of a class, of which there are none, be a bundle, if there is one. */
void Refill(size_t which) {
  Kept& mine = kept[which];
  if (mine.bundles == nullptr) {
    if (shared[which].load(std::memory_order_relaxed) == nullptr) return;
    ending.Expect();
    mine.bundles = shared[which].exchange(nullptr, std::memory_order_acquire);
    if (mine.bundles == nullptr) return;
  }
  mine.pieces = mine.bundles;
  mine.bundles = mine.pieces->next_bundle;
  mine.count = BundleOf(which);
  shared_size.fetch_sub(SizeOfBundle(which), std::memory_order_relaxed);
}

}  // namespace

void* Allocate(size_t size) {
  if (!kKeepsMemory || size > kLargest || has_ended) return malloc(size);
  const size_t which = ClassToAllocate(size);
  Kept& mine = kept[which];
  if (mine.pieces == nullptr) Refill(which);
  Piece* const piece = mine.pieces;
  if (piece == nullptr) return malloc(SizeOf(which));
  mine.pieces = piece->next;
  --mine.count;
  return piece;
}

void* AllocateCleared(size_t count, size_t size) {
  if (count > 0 && size > kLargest / count) return calloc(count, size);
  void* const memory = Allocate(count * size);
  if (memory != nullptr) memset(memory, 0, count * size);
  return memory;
}

void* Reallocate(void* memory, size_t size) {
  if (!kKeepsMemory || size == 0 || size > kLargest) return realloc(memory, size);
  const size_t usable = memory == nullptr ? 0 : UsableSize(memory);
  if (memory != nullptr && size <= usable) return memory;
  void* const moved = Allocate(size);
  if (moved == nullptr || memory == nullptr) return moved;
  memcpy(moved, memory, usable);
  Free(memory);
  return moved;
}

void Free(void* memory) {
  if (!kKeepsMemory || memory == nullptr || has_ended) return free(memory);
  const size_t which = ClassToKeep(UsableSize(memory));
  if (which >= kClasses) return free(memory);
  ending.Expect();
  Kept& mine = kept[which];
  if (mine.count == BundleOf(which)) Share(which);
  Piece* const piece = static_cast<Piece*>(memory);
  piece->next = mine.pieces;
  mine.pieces = piece;
  ++mine.count;
}

}  // namespace port
}  // namespace libzookeeper
