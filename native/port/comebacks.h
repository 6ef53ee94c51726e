/**
 * @file comebacks.h
 * How long a server that was away is given to answer.
 */
#ifndef LIBZOOKEEPER_PORT_COMEBACKS_H
#define LIBZOOKEEPER_PORT_COMEBACKS_H

#include <stdint.h>

#include <vector>

#include "endpoint.h"

namespace libzookeeper {
namespace port {

/**
 * A server that has just started may take a connection and never answer on it: it refuses it before it has a database, and
 * then fails to close it. The next connection is answered at once, but the C client would wait for two thirds of the session's
 * timeout. So where connections could not be made, the first that is made has half a second; if that was too short, the next
 * one has twice as long, and so on.
 *
 * Used by the I/O thread; and by the handle's own, once that was joined.
 */
class Comebacks {
 public:
  /**
   * An attempt to connect begins.
   * @return how long it may take, in milliseconds; 0 when the server was not away
   */
  int Begin(const Endpoint& server);

  /** The server has answered the handshake. @return whether it had been away, and is back */
  bool Answered();

  /**
   * The attempt has ended, or the connection that came of it.
   * @param was_made whether there was a connection
   */
  void End(bool was_made);

 private:
  struct Away {
    Endpoint server;
    int limit_ms;
  };

  Away* Find();
  void Forget();

  bool is_trying_ = false;
  Endpoint server_;
  int64_t began_ = 0;
  std::vector<Away> away_;
};

}  // namespace port
}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_PORT_COMEBACKS_H
