/**
 * @file free-lists.cc
 * Threads that allocate, fill, pass on to each other, look at and free memory by native/port/free_lists.h. Says how many bytes
 * more are allocated in the end than in the beginning; ends with 1 when memory does not hold what was written to it.
 */
#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <mutex>
#include <random>
#include <thread>
#include <vector>

#include "port/free_lists.h"

using namespace libzookeeper;

namespace {

constexpr int kThreads = 4;
constexpr int kRounds = 300;
constexpr int kPieces = 300;
constexpr size_t kLongest = 3000;

struct Held {
  unsigned char* bytes;
  size_t size;
  unsigned char filling;
};

std::mutex mutex;
std::vector<Held> passed_on[kThreads];

void Fail(const char* what) {
  fprintf(stderr, "%s\n", what);
  exit(1);
}

void Check(const Held& held) {
  for (size_t i = 0; i < held.size; ++i) {
    if (held.bytes[i] != held.filling) Fail("memory was written to by somebody else");
  }
}

Held Make(std::mt19937* random) {
  Held held{nullptr, 1 + (*random)() % kLongest, static_cast<unsigned char>((*random)())};
  const bool is_cleared = (*random)() % 2 == 0;
  void* memory = is_cleared ? port::AllocateCleared(1, held.size) : port::Allocate(held.size);
  held.bytes = static_cast<unsigned char*>(memory);
  if (reinterpret_cast<uintptr_t>(held.bytes) % alignof(max_align_t) != 0) Fail("not aligned");
  for (size_t i = 0; is_cleared && i < held.size; ++i) {
    if (held.bytes[i] != 0) Fail("not cleared");
  }
  memset(held.bytes, held.filling, held.size);
  if ((*random)() % 4 == 0) {
    const size_t size = held.size + (*random)() % kLongest;
    held.bytes = static_cast<unsigned char*>(port::Reallocate(held.bytes, size));
    Check(held);
    memset(held.bytes, held.filling, size);
    held.size = size;
  }
  return held;
}

void Run(int self) {
  std::mt19937 random(static_cast<unsigned>(self));
  for (int round = 0; round < kRounds; ++round) {
    std::vector<Held> made;
    for (int i = 0; i < kPieces; ++i) made.push_back(Make(&random));
    std::vector<Held> taken;
    {
      const std::lock_guard<std::mutex> lock(mutex);
      auto& next = passed_on[(self + 1) % kThreads];
      next.insert(next.end(), made.begin(), made.end());
      taken.swap(passed_on[self]);
    }
    for (const Held& held : taken) {
      Check(held);
      port::Free(held.bytes);
    }
  }
}

/** More than anybody will ever want again. */
void FreeMany() {
  std::vector<void*> many;
  for (int i = 0; i < 20'000; ++i) many.push_back(port::Allocate(1000));
  std::thread([&many] {
    for (void* each : many) port::Free(each);
  }).join();
}

/** Each of them has something left when it ends. */
void StartMany() {
  for (int i = 0; i < 1000; ++i) {
    std::thread([] {
      void* pieces[20];
      for (void*& each : pieces) each = port::Allocate(1000);
      for (void* each : pieces) port::Free(each);
    }).join();
  }
}

}  // namespace

int main() {
  const size_t before = mallinfo2().uordblks;
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) threads.emplace_back(Run, i);
  for (std::thread& thread : threads) thread.join();
  for (auto& each : passed_on) {
    for (const Held& held : each) free(held.bytes);
    each = std::vector<Held>();
  }
  threads = std::vector<std::thread>();
  FreeMany();
  StartMany();
  printf("%zu\n", mallinfo2().uordblks - before);
  return 0;
}
