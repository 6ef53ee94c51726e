#include "socket.h"

#include <sys/socket.h>
#include <unistd.h>

#include "../deadline.h"
#include "lock.h"

namespace libzookeeper {
namespace port {

Socket::Socket() {
  pthread_mutex_init(&mutex_, nullptr);
  Deadline::Prepare(&closed_);
}

Socket::~Socket() {
  pthread_cond_destroy(&closed_);
  pthread_mutex_destroy(&mutex_);
}

void Socket::Open(int descriptor, const Endpoint& server) {
  const Lock lock(&mutex_);
  descriptor_ = descriptor;
  server_ = server;
  opened_ += 1;
}

int Socket::Close(int descriptor) {
  const Lock lock(&mutex_);
  if (descriptor == descriptor_) {
    descriptor_ = -1;
    pthread_cond_broadcast(&closed_);
  }
  return close(descriptor);
}

bool Socket::IsOpen(Endpoint* server) const {
  const Lock lock(&mutex_);
  if (descriptor_ != -1 && server != nullptr) *server = server_;
  return descriptor_ != -1;
}

void Socket::Shut() {
  const Lock lock(&mutex_);
  if (descriptor_ != -1) shutdown(descriptor_, SHUT_RDWR);
}

void Socket::AwaitClosed(int timeout_ms) const {
  const Deadline deadline(timeout_ms);
  const Lock lock(&mutex_);
  const unsigned opened = opened_;
  while (descriptor_ != -1 && opened_ == opened && deadline.Wait(&closed_, &mutex_)) {
  }
}

}  // namespace port
}  // namespace libzookeeper
