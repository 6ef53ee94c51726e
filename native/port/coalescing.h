/**
 * @file coalescing.h
 * The pause by which many replies become one batch.
 */
#ifndef LIBZOOKEEPER_PORT_COALESCING_H
#define LIBZOOKEEPER_PORT_COALESCING_H

#include <stddef.h>
#include <stdint.h>

#include <atomic>

namespace libzookeeper {
namespace port {

/**
 * A server's replies trickle in. To wake the I/O thread and then the JavaScript thread for every few of them costs more than
 * the replies do. So while many requests wait at the server the I/O thread pauses before it looks for more, until the replies
 * to a part of them are there, so that the server is never without work; what is requested meanwhile leaves together, too.
 * With few in flight there is no pause: a lone request never waits.
 *
 * The system is asked to wake the thread once there is as much as those replies have, by what was measured; the time that they
 * take is just the limit (on Linux: elsewhere it is the length of the pause).
 */
class Coalescing {
 public:
  /** A request goes to the C client. Any thread. */
  void Requested() { in_flight_.fetch_add(1, std::memory_order_relaxed); }

  /** The C client did not take it, and there will be no reply. Any thread. */
  void Refused() { in_flight_.fetch_sub(1, std::memory_order_relaxed); }

  /**
   * A request was answered. The thread that calls completions: the I/O thread; and beside it the handle's own, inside
   * zookeeper_close, for those of credentials. If both come at once one of them may go uncounted in what is measured.
   */
  void Replied() {
    in_flight_.fetch_sub(1, std::memory_order_relaxed);
    replies_.store(replies_.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
  }

  /** Whether no more than one request is in flight. Any thread. */
  bool IsLone() const { return in_flight_.load(std::memory_order_relaxed) <= 1; }

  /** So many bytes were received. The I/O thread. */
  void Received(size_t bytes) {
    bytes_ += static_cast<int64_t>(bytes);
    untold_bytes_ += bytes;
  }

  /**
   * Whether to look for more before completions are called. Replies that are large are received one by one: without this, so
   * would JavaScript be called. The I/O thread.
   */
  bool IsGathering() const {
    return per_reply_bytes_ >= kLargeReply && untold_bytes_ >= kLeastUntold &&
           untold_bytes_ < kMostUntold;
  }

  /** Completions are called for all that came. The I/O thread. */
  void Told() { untold_bytes_ = 0; }

  /**
   * Pauses, if there is reason to. The I/O thread, after it has told of all that came.
   * @param descriptor the socket
   * @return whether it did
   */
  bool Pause(int descriptor);

  /** Has pauses last as long as they are meant to. The I/O thread, once. */
  static void PrepareThread();

 private:
  /** Of smaller ones there are enough in what is read ahead. */
  static constexpr int64_t kLargeReply = 4 * 1024;

  /** How much is worth a call of the system to see whether there is more, and how much is enough. */
  static constexpr size_t kLeastUntold = 32 * 1024;
  static constexpr size_t kMostUntold = 1024 * 1024;

  std::atomic<int64_t> in_flight_{0};
  /** What came since the last pause. */
  std::atomic<int64_t> replies_{0};
  /** Of the I/O thread, as all that follows. */
  int64_t bytes_ = 0;
  /** What came since completions were called. */
  size_t untold_bytes_ = 0;
  /** When the last pause was. */
  int64_t since_ns_ = 0;
  /** What a reply takes, averaged. */
  int64_t per_reply_ns_ = 0;
  int64_t per_reply_bytes_ = 0;
  /** How long the network takes to the server and back, as of some pauses ago. */
  int64_t round_trip_ns_ = 0;
  unsigned pauses_ = 0;
};

}  // namespace port
}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_PORT_COALESCING_H
