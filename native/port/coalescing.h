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
 * the replies do. So while many requests are in flight the I/O thread pauses before it looks for more: as long as a small
 * part of them takes, as measured, so that the server is never without work; what is requested meanwhile leaves together, too.
 * With few in flight there is no pause: a lone request never waits.
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
  void Received(size_t bytes) { bytes_ += static_cast<int64_t>(bytes); }

  /** Pauses, if there is reason to. The I/O thread, after it has told of all that came. @return whether it did */
  bool Pause();

  /** Has pauses last as long as they are meant to. The I/O thread, once. */
  static void PrepareThread();

 private:
  /** Fewer are not worth a pause. */
  static constexpr int64_t kFewest = 16;

  /** The part of what is in flight that a pause may gather. */
  static constexpr int64_t kPart = 16;

  /**
   * What a pause may gather, whose number is small when replies are large. It must be far less than what the socket holds:
   * once that is full the server waits for the end of the pause, a reply seems to take as long as that, and the next pause
   * is longer still.
   */
  static constexpr int64_t kMostBytes = 16 * 1024;

  static constexpr int64_t kShortestNs = 10'000;
  static constexpr int64_t kLongestNs = 1'000'000;

  std::atomic<int64_t> in_flight_{0};
  /** What came since the last pause. */
  std::atomic<int64_t> replies_{0};
  /** Of the I/O thread, as all that follows. */
  int64_t bytes_ = 0;
  /** When the last pause was. */
  int64_t since_ns_ = 0;
  /** What a reply takes, averaged. */
  int64_t per_reply_ns_ = 0;
  int64_t per_reply_bytes_ = 0;
};

}  // namespace port
}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_PORT_COALESCING_H
