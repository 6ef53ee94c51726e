#include "interruption.h"

#include <sys/socket.h>

#include "../deadline.h"

namespace libzookeeper {
namespace port {

Interruption::Interruption() { Deadline::Prepare(&requested_condition_); }

Interruption::~Interruption() {
  pthread_cond_destroy(&requested_condition_);
  pthread_mutex_destroy(&mutex_);
}

bool Interruption::IsRequested() {
  pthread_mutex_lock(&mutex_);
  const bool requested = requested_;
  pthread_mutex_unlock(&mutex_);
  return requested;
}

void Interruption::Request() {
  pthread_mutex_lock(&mutex_);
  requested_ = true;
  pthread_cond_broadcast(&requested_condition_);
  if (descriptor_ >= 0) shutdown(descriptor_, SHUT_RDWR);
  pthread_mutex_unlock(&mutex_);
}

void Interruption::Sleep(int milliseconds) {
  const Deadline deadline(milliseconds);
  pthread_mutex_lock(&mutex_);
  while (!requested_ && deadline.Wait(&requested_condition_, &mutex_)) {
  }
  pthread_mutex_unlock(&mutex_);
}

void Interruption::Set(int descriptor) {
  pthread_mutex_lock(&mutex_);
  descriptor_ = descriptor;
  if (descriptor_ >= 0 && requested_) shutdown(descriptor_, SHUT_RDWR);
  pthread_mutex_unlock(&mutex_);
}

Interruption::Wait::Wait(Interruption* interruption, int descriptor) : interruption_(interruption) {
  interruption_->Set(descriptor);
}

Interruption::Wait::~Wait() { interruption_->Set(-1); }

}  // namespace port
}  // namespace libzookeeper
