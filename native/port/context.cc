#include "context.h"

#include "quiet.h"

namespace libzookeeper {
namespace port {

namespace {
thread_local Context* current_context = nullptr;
thread_local bool current_quiet = false;
}  // namespace

Context* Current() { return current_context; }

bool IsQuiet() { return current_quiet; }

Scope::Scope(Context* context, bool quiet)
    : previous_context_(current_context), previous_quiet_(current_quiet) {
  current_context = context;
  current_quiet = quiet;
}

Scope::~Scope() {
  current_context = previous_context_;
  current_quiet = previous_quiet_;
}

void Context::OpenGate() {
  pthread_mutex_lock(&gate_mutex_);
  gate_open_.store(true, std::memory_order_release);
  pthread_cond_broadcast(&gate_condition_);
  pthread_mutex_unlock(&gate_mutex_);
}

void Context::PassGate() {
  if (gate_open_.load(std::memory_order_acquire)) return;
  pthread_mutex_lock(&gate_mutex_);
  while (!gate_open_.load(std::memory_order_relaxed))
    pthread_cond_wait(&gate_condition_, &gate_mutex_);
  pthread_mutex_unlock(&gate_mutex_);
}

}  // namespace port
}  // namespace libzookeeper
