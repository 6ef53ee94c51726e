#define LIBZOOKEEPER_PORT_IMPLEMENTATION
#include "ledger.h"

#include <stdlib.h>
#include <string.h>

#include <algorithm>

#include "free_lists.h"
#include "port.h"
#include "reply_memory.h"

/** Of zk_log.c: a thread's buffers for log lines, made when they are first asked for, and kept as long as the thread lives. */
extern "C" char* get_time_buffer();
extern "C" char* get_format_log_buffer();

namespace port = libzookeeper::port;

namespace libzookeeper {
namespace port {

namespace {
thread_local Ledger* current_ledger = nullptr;

/** As many as most calls need: a transaction of some ten ops. */
constexpr size_t kUsual = 32;
}  // namespace

Ledger* Ledger::Current() { return current_ledger; }

Ledger::Ledger() {
  // These stay, whatever becomes of the call.
  get_time_buffer();
  get_format_log_buffer();
  allocated_.reserve(kUsual);
  freed_.reserve(kUsual);
  current_ledger = this;
}

Ledger::~Ledger() {
  current_ledger = nullptr;
  for (void* memory : freed_) Free(memory);
}

void Ledger::Undo() {
  for (void* memory : allocated_) Free(memory);
  allocated_.clear();
  freed_.clear();
}

void* Ledger::Allocated(void* memory) {
  // The C client would go on with half of what it needs. Memory that cannot be had ends the process, as everywhere in Node.js.
  if (memory == nullptr) abort();
  allocated_.push_back(memory);
  return memory;
}

void* Ledger::Reallocated(void* memory, size_t size) {
  // It is the request's buffer that grows, and that is among the first.
  const auto entry = std::find(allocated_.begin(), allocated_.end(), memory);
  void* moved = Reallocate(memory, size);
  if (moved == nullptr) abort();
  if (entry != allocated_.end()) *entry = moved;
  return moved;
}

}  // namespace port
}  // namespace libzookeeper

namespace {

/** Memory for the C client, in the book of the call that is under way. */
void* Noted(void* memory) {
  port::Ledger* ledger = port::Ledger::Current();
  return ledger == nullptr ? memory : ledger->Allocated(memory);
}

}  // namespace

extern "C" {

void* libzookeeper_port_malloc(size_t size) { return Noted(port::Allocate(size)); }

void* libzookeeper_port_calloc(size_t count, size_t size) {
  if (void* const frame = count == 1 ? port::AllocateFrame(size) : nullptr) return frame;
  return Noted(port::AllocateCleared(count, size));
}

void* libzookeeper_port_realloc(void* memory, size_t size) {
  port::Ledger* ledger = port::Ledger::Current();
  return ledger == nullptr ? port::Reallocate(memory, size) : ledger->Reallocated(memory, size);
}

char* libzookeeper_port_strdup(const char* text) {
  const size_t size = strlen(text) + 1;
  void* copy = Noted(port::Allocate(size));
  return copy == nullptr ? nullptr : static_cast<char*>(memcpy(copy, text, size));
}

void libzookeeper_port_free(void* memory) {
  if (port::Ledger* ledger = port::Ledger::Current()) {
    ledger->Freed(memory);
  } else if (port::IsFrame(memory)) {
    port::FreeFrame(memory);
  } else {
    port::Free(memory);
  }
}

}  // extern "C"
