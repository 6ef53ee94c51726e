#include "socket.h"

#include <sys/socket.h>
#include <unistd.h>

namespace libzookeeper {
namespace port {

Socket::~Socket() {
  if (shut_) close(descriptor_);
  pthread_mutex_destroy(&mutex_);
}

bool Socket::Open(int descriptor) {
  pthread_mutex_lock(&mutex_);
  const bool is_free = descriptor_ == -1 || shut_;
  if (is_free) {
    if (shut_) close(descriptor_);
    shut_ = false;
    user_ = pthread_self();
    descriptor_ = descriptor;
  }
  pthread_mutex_unlock(&mutex_);
  return is_free;
}

int Socket::Close(int descriptor) {
  pthread_mutex_lock(&mutex_);
  const bool is_current = descriptor == descriptor_ && !shut_;
  int rc = 0;
  if (is_current && !pthread_equal(user_, pthread_self())) {
    shut_ = true;
    rc = shutdown(descriptor, SHUT_RDWR);
  } else {
    if (is_current) descriptor_ = -1;
    rc = close(descriptor);
  }
  pthread_mutex_unlock(&mutex_);
  return rc;
}

void Socket::Inherit() {
  pthread_mutex_lock(&mutex_);
  user_ = pthread_self();
  pthread_mutex_unlock(&mutex_);
}

}  // namespace port
}  // namespace libzookeeper
