/**
 * @file patience.h
 * How long to leave servers alone with which nothing could be agreed on.
 */
#ifndef LIBZOOKEEPER_PORT_PATIENCE_H
#define LIBZOOKEEPER_PORT_PATIENCE_H

#include <stddef.h>

#include <algorithm>

namespace libzookeeper {
namespace port {

/**
 * A handshake of TLS is dear to both sides, and one that failed will mostly fail again; so will a server that breaks the
 * protocol. The pause of the C client, a sixtieth of the session's timeout after each round of the servers, is short for
 * that. Used by the I/O thread.
 */
class Patience {
 public:
  /** The most that a pause may take: a small part of what the session has left. Set before there is another thread. */
  void Limit(int session_timeout_ms) {
    longest_ms_ = std::clamp(session_timeout_ms / 10, 50, 1000);
  }

  void Succeeded() { failures_ = 0; }
  void Failed() { ++failures_; }

  /** How long to wait before the next attempt: no time in the first round, then twice as long for each round. */
  int PauseMs(size_t addresses) const {
    const int rounds = failures_ / static_cast<int>(std::max<size_t>(addresses, 1));
    return rounds == 0 ? 0 : std::min(longest_ms_, 25 << std::min(rounds, 10));
  }

 private:
  int failures_ = 0;
  int longest_ms_ = 0;
};

}  // namespace port
}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_PORT_PATIENCE_H
