#include "large_memory.h"

#include <pthread.h>
#include <stdlib.h>

#include "keeping.h"
#include "lock.h"

namespace libzookeeper {
namespace port {

namespace {

/** Smaller pieces are not kept. */
constexpr size_t kLeast = 32 * 1024;

/** So much is kept: as much as V8 lets young Buffers have before it collects them. */
constexpr size_t kMost = 32 * 1024 * 1024;

/** How many pieces are looked at for one that fits. */
constexpr int kMostLooks = 16;

/** A piece that is kept: what it begins with. */
struct Piece {
  Piece* next;
  size_t size;
};

pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
/** Guarded by mutex, as all that follows: the last one first, whose memory is the warmest. */
Piece* kept = nullptr;
size_t kept_size = 0;
int users = 0;

/** Whether a piece of that size is large enough, and not so large that much of it would be wasted. */
bool Fits(size_t has, size_t wanted) { return has >= wanted && has - wanted <= wanted / 4; }

/** Takes out what `link` points at. With the mutex held. */
Piece* Unlink(Piece** link) {
  Piece* const piece = *link;
  *link = piece->next;
  kept_size -= piece->size;
  return piece;
}

/** @param misfit where nothing fits: a piece that is to make room for those that will */
void* Take(size_t size, Piece** misfit) {
  const Lock lock(&mutex);
  Piece** link = &kept;
  for (int looks = 0; looks < kMostLooks && *link != nullptr; ++looks) {
    if (Fits((*link)->size, size)) return Unlink(link);
    link = &(*link)->next;
  }
  if (kept != nullptr) *misfit = Unlink(&kept);
  return nullptr;
}

/** @return whether it is kept */
bool Keep(void* memory, size_t size) {
  const Lock lock(&mutex);
  if (users == 0 || kept_size + size > kMost) return false;
  auto* const piece = static_cast<Piece*>(memory);
  piece->next = kept;
  piece->size = size;
  kept = piece;
  kept_size += size;
  return true;
}

}  // namespace

void* AllocateLarge(size_t size) {
  if (!kKeepsMemory || size < kLeast) return malloc(size);
  Piece* misfit = nullptr;
  void* const memory = Take(size, &misfit);
  free(misfit);
  return memory == nullptr ? malloc(size) : memory;
}

void FreeLarge(void* memory) {
  const size_t size = kKeepsMemory && memory != nullptr ? UsableSize(memory) : 0;
  if (size < kLeast || !Keep(memory, size)) free(memory);
}

LargeMemoryUser::LargeMemoryUser() {
  const Lock lock(&mutex);
  ++users;
}

LargeMemoryUser::~LargeMemoryUser() {
  Piece* left = nullptr;
  {
    const Lock lock(&mutex);
    if (--users > 0) return;
    left = kept;
    kept = nullptr;
    kept_size = 0;
  }
  FreePieces(left);
}

}  // namespace port
}  // namespace libzookeeper
