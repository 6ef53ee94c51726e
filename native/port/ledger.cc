#define LIBZOOKEEPER_PORT_IMPLEMENTATION
#include "ledger.h"

#include <stdlib.h>
#include <string.h>

#include <algorithm>

#include "port.h"

/** Of zk_log.c: a thread's buffers for log lines, made when they are first asked for, and kept as long as the thread lives. */
extern "C" char* get_time_buffer();
extern "C" char* get_format_log_buffer();

namespace port = libzookeeper::port;

namespace libzookeeper {
namespace port {

namespace {
thread_local Ledger* current_ledger = nullptr;
}  // namespace

Ledger* Ledger::Current() { return current_ledger; }

Ledger::Ledger() {
  // These stay, whatever becomes of the call.
  get_time_buffer();
  get_format_log_buffer();
  current_ledger = this;
}

Ledger::~Ledger() {
  current_ledger = nullptr;
  for (void* memory : freed_) free(memory);
}

void Ledger::Undo() {
  for (void* memory : allocated_) free(memory);
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
  void* moved = realloc(memory, size);
  if (moved == nullptr) abort();
  if (entry != allocated_.end()) *entry = moved;
  return moved;
}

}  // namespace port
}  // namespace libzookeeper

extern "C" {

void* libzookeeper_port_malloc(size_t size) {
  port::Ledger* ledger = port::Ledger::Current();
  return ledger == nullptr ? malloc(size) : ledger->Allocated(malloc(size));
}

void* libzookeeper_port_calloc(size_t count, size_t size) {
  port::Ledger* ledger = port::Ledger::Current();
  return ledger == nullptr ? calloc(count, size) : ledger->Allocated(calloc(count, size));
}

void* libzookeeper_port_realloc(void* memory, size_t size) {
  port::Ledger* ledger = port::Ledger::Current();
  return ledger == nullptr ? realloc(memory, size) : ledger->Reallocated(memory, size);
}

char* libzookeeper_port_strdup(const char* text) {
  port::Ledger* ledger = port::Ledger::Current();
  return ledger == nullptr ? strdup(text) : static_cast<char*>(ledger->Allocated(strdup(text)));
}

void libzookeeper_port_free(void* memory) {
  if (port::Ledger* ledger = port::Ledger::Current()) {
    ledger->Freed(memory);
  } else {
    free(memory);
  }
}

}  // extern "C"
