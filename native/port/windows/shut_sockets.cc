#include "shut_sockets.h"

#include <algorithm>
#include <utility>

#include "winsock.h"

namespace libzookeeper {
namespace port {
namespace windows {

namespace {

/** A socket that is connected to itself: nobody else's datagrams get in. Closed when its thread ends. */
class Bell {
 public:
  Bell() : descriptor_(libzookeeper_windows_socket(AF_INET, SOCK_DGRAM, 0)) {
    struct sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* const at = reinterpret_cast<struct sockaddr*>(&address);
    int length = sizeof address;
    if (descriptor_ < 0 || bind(descriptor_, at, length) != 0 ||
        getsockname(descriptor_, at, &length) != 0 || connect(descriptor_, at, length) != 0) {
      Close();
      return;
    }
    libzookeeper_windows_fcntl(descriptor_, F_SETFL, O_NONBLOCK);
  }
  ~Bell() { Close(); }
  Bell(const Bell&) = delete;
  Bell& operator=(const Bell&) = delete;

  int descriptor() const { return descriptor_; }

 private:
  void Close() {
    if (descriptor_ >= 0) libzookeeper_windows_close(descriptor_);
    descriptor_ = -1;
  }

  int descriptor_;
};

}  // namespace

ShutSockets& ShutSockets::Instance() {
  // Never destroyed: threads may outlive the statics.
  static ShutSockets* const instance = new ShutSockets();
  return *instance;
}

void ShutSockets::Shut(int descriptor) {
  const std::lock_guard<std::mutex> lock(mutex_);
  shut_.insert(descriptor);
  count_.store(shut_.size(), std::memory_order_release);
  const char byte = 0;
  for (const Waiter* waiter : waiters_) {
    const std::vector<int>& descriptors = waiter->descriptors_;
    if (std::find(descriptors.begin(), descriptors.end(), descriptor) == descriptors.end())
      continue;
    if (waiter->bell_ >= 0) send(waiter->bell_, &byte, 1, 0);
  }
}

bool ShutSockets::IsShut(int descriptor) {
  if (count_.load(std::memory_order_acquire) == 0) return false;
  const std::lock_guard<std::mutex> lock(mutex_);
  return shut_.count(descriptor) != 0;
}

void ShutSockets::Forget(int descriptor) {
  const std::lock_guard<std::mutex> lock(mutex_);
  shut_.erase(descriptor);
  count_.store(shut_.size(), std::memory_order_release);
}

ShutSockets::Waiter::Waiter(std::vector<int> descriptors) : descriptors_(std::move(descriptors)) {
  static thread_local const Bell bell;
  bell_ = bell.descriptor();
  ShutSockets& all = Instance();
  const std::lock_guard<std::mutex> lock(all.mutex_);
  all.waiters_.push_back(this);
}

ShutSockets::Waiter::~Waiter() {
  ShutSockets& all = Instance();
  {
    const std::lock_guard<std::mutex> lock(all.mutex_);
    all.waiters_.erase(std::find(all.waiters_.begin(), all.waiters_.end(), this));
  }
  Hush();
}

void ShutSockets::Waiter::Hush() {
  char bytes[1];
  while (bell_ >= 0 && recv(bell_, bytes, sizeof bytes, 0) > 0) {
  }
}

}  // namespace windows
}  // namespace port
}  // namespace libzookeeper
