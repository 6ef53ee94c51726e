/**
 * @file wakeup.h
 * The self-pipe of the C client, written to only while its reader sleeps.
 */
#ifndef LIBZOOKEEPER_PORT_WAKEUP_H
#define LIBZOOKEEPER_PORT_WAKEUP_H

#include <stddef.h>

#include <atomic>

namespace libzookeeper {
namespace port {

/**
 * Wakes the I/O thread. The C client writes a byte into its pipe for every request; a thread that is awake looks at the
 * queue of requests anyway, before it goes to sleep.
 *
 * `called_` says that there is something to look at; `asleep_` that the I/O thread is, or is about to be, in the system's
 * poll. Each side writes its own and then reads the other's, in one order for all threads, so that one of them sees the
 * other: a call is never slept through.
 */
class Wakeup {
 public:
  /** Takes note of the pipe's ends, which the C client closes. The handle's own thread, before there is another. */
  void Attach(int read_end, int write_end);

  /** Whether this is the end that the I/O thread polls. */
  bool IsReadEnd(int descriptor) const { return descriptor == read_end_; }
  /** Whether this is the end that callers write to. */
  bool IsWriteEnd(int descriptor) const { return descriptor == write_end_; }

  /** Has the I/O thread look at the queue. Any thread. @return false when the pipe is broken. */
  bool Call();

  /** Writes to a pipe. One that is full wakes its reader anyway. @return false when it is broken */
  static bool Write(int descriptor, const void* bytes, size_t length);

  /** The I/O thread is about to sleep. @return false when it was called meanwhile, and must not. */
  bool GoToSleep();

  /** The I/O thread is back, and will look at the queue. */
  void Rise();

  /**
   * Takes note that the queue is looked at from here on. The I/O thread.
   * @param is_readable whether the system says that there is something in the pipe
   */
  void Answer(bool is_readable);

 private:
  int read_end_ = -1;
  int write_end_ = -1;
  std::atomic<bool> called_{false};
  std::atomic<bool> asleep_{false};
  std::atomic<bool> written_{false};
};

}  // namespace port
}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_PORT_WAKEUP_H
