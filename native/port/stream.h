/**
 * @file stream.h
 * A socket with buffers on both sides: what the C client sends in small pieces leaves in large ones, and the other way
 * round.
 */
#ifndef LIBZOOKEEPER_PORT_STREAM_H
#define LIBZOOKEEPER_PORT_STREAM_H

#include <stddef.h>
#include <sys/types.h>

#include <vector>

#include "transport.h"

namespace libzookeeper {
namespace port {

/**
 * The connection's current socket. The C client sends a request in two calls, of four bytes and of the rest, and receives
 * a reply in two; here these become copies, and the system is called once for many.
 *
 * One thread at a time: the I/O thread, and after it was joined the handle's own.
 */
class Stream {
 public:
  /** Begins anew with another socket: what was unsent or unread of the one before is forgotten. */
  void Reset(int descriptor);

  /** The bytes travel by this from now on; it must stay until the next Reset(). */
  void Use(Transport* transport) { transport_ = transport; }

  /** The socket, or -1 before the first. */
  int descriptor() const { return descriptor_; }

  /**
   * Takes all of the bytes, whatever their number. Much of it is sent at once, without a copy; a little waits for Flush().
   * A failure is kept for Receive(), which is where the C client looks for it.
   */
  void Send(const void* bytes, size_t length);

  /** The C client is told that it may send. */
  void Offer() { offered_ = true; }

  /** Whether it was told so since the last call of this, and sent nothing: what it has must wait for an answer first. */
  bool WasDeclined() {
    const bool declined = offered_;
    offered_ = false;
    return declined;
  }

  /** As recv(2), without blocking. */
  ssize_t Receive(void* bytes, size_t length);

  /** Sends what can be sent now. */
  void Flush();

  /** What is unsent is forgotten, and the C client finds the connection broken. */
  void Fail(int error);

  /** Reads ahead what is there, without blocking. @return HasRead() */
  bool Fill();

  /** Forgets what was received, and what is there to be received. @return whether that is all there will ever be */
  bool DropToEnd();

  /** Whether something was sent since Reset(): the socket is connected then. */
  bool IsEstablished() const { return established_; }

  /** Whether Receive() would give something without asking the system: bytes, or a failure. */
  bool HasRead() const {
    return read_begin_ < read_end_ || ended_ || error_ != 0 ||
           (transport_ != nullptr && transport_->HasPending());
  }

  /** Whether Flush() has something left to do. */
  bool HasUnsent() const { return sent_ < unsent_.size(); }

  /** Whether more should be given to Send(): a network that is slower than the sender must not fill the memory. */
  bool HasRoom() const { return unsent_.size() - sent_ < kMostUnsent; }

 private:
  static constexpr size_t kMostUnsent = 256 * 1024;
  static constexpr size_t kReadAhead = 64 * 1024;

  /** Behind a large reply there may be another, whose bytes are better received where they are wanted. */
  static constexpr size_t kReadAheadOfLarge = 4 * 1024;

  /** From this size on a system call costs less than a copy, both ways. */
  static constexpr size_t kLarge = 32 * 1024;

  /** Sends once. @return how much of it went, 0 if none can go now or the connection is broken */
  size_t SendNow(const char* bytes, size_t length);

  /** Receives once, and keeps the end or the failure. @return how much came */
  size_t ReceiveNow(char* bytes, size_t length);

  /** Receives what is there. @return how much came */
  size_t ReceiveAll(char* bytes, size_t length);

  int descriptor_ = -1;
  Transport* transport_ = nullptr;
  int error_ = 0;
  bool established_ = false;
  bool ended_ = false;
  bool offered_ = false;
  std::vector<char> unsent_;
  size_t sent_ = 0;
  std::vector<char> read_;
  size_t read_begin_ = 0;
  size_t read_end_ = 0;
  size_t read_ahead_ = kReadAhead;
};

}  // namespace port
}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_PORT_STREAM_H
