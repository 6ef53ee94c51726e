/**
 * @file shut_sockets.h
 * The sockets that shutdown() has ended: whoever waits for one of them hears of it at once.
 */
#ifndef LIBZOOKEEPER_PORT_WINDOWS_SHUT_SOCKETS_H
#define LIBZOOKEEPER_PORT_WINDOWS_SHUT_SOCKETS_H

#include <stddef.h>

#include <atomic>
#include <mutex>
#include <set>
#include <vector>

namespace libzookeeper {
namespace port {
namespace windows {

/**
 * On other systems a thread that waits for a socket is woken when another thread shuts it down, and so is one that waits for
 * it to be connected. Windows promises neither: on a socket that is not connected yet its shutdown() does nothing. So it is
 * noted here that a socket has ended, and each thread that waits has a bell that is rung: a socket that is connected to
 * itself, for which it waits, too. One for the process; any thread.
 */
class ShutSockets {
 public:
  static ShutSockets& Instance();

  void Shut(int descriptor);
  bool IsShut(int descriptor);

  /** The number is free to be another socket's. */
  void Forget(int descriptor);

  /** As long as it lasts, the calling thread's bell rings when one of these sockets is shut down. */
  class Waiter {
   public:
    explicit Waiter(std::vector<int> descriptors);
    ~Waiter();
    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;

    /** The thread's bell, readable once it was rung; -1 if there is none to be had. */
    int bell() const { return bell_; }

    /** Makes it ready to be rung again. */
    void Hush();

   private:
    friend class ShutSockets;
    const std::vector<int> descriptors_;
    int bell_ = -1;
  };

 private:
  std::mutex mutex_;
  std::set<int> shut_;
  /** How many they are: each call that sends or receives asks, and mostly there is none. */
  std::atomic<size_t> count_{0};
  std::vector<Waiter*> waiters_;
};

}  // namespace windows
}  // namespace port
}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_PORT_WINDOWS_SHUT_SOCKETS_H
