/**
 * @file network.h
 * The system calls that the port layer makes, over memory: the linker puts these in their place (--wrap). One connection, one
 * thread, and nobody ever sleeps.
 */
#ifndef LIBZOOKEEPER_FUZZ_NETWORK_H
#define LIBZOOKEEPER_FUZZ_NETWORK_H

#include <stddef.h>
#include <stdint.h>

#include <deque>
#include <string>
#include <vector>

namespace fuzz {

/** What is on its way between the C client and a server that a fuzzer plays. */
class Network {
 public:
  static Network& Get();

  /** A new run: no connection, nothing on its way. */
  void Reset();

  /** The server sends. */
  void Send(const std::string& bytes) { inbound_ += bytes; }

  /** The server hangs up. */
  void HangUp() { is_ended_ = true; }

  /** The xids and types of requests that the server has not answered, oldest first. The handshake is none of them. */
  struct Request {
    int32_t xid;
    int32_t type;
  };
  std::deque<Request>& requests() { return requests_; }

  /** How many connections the client has made. */
  int connections() const { return connections_; }

  // The client's calls.
  int Socket();
  void Connect();
  void Close();
  long Receive(char* bytes, size_t length);
  long Take(const char* bytes, size_t length);
  bool IsReadable() const { return is_open_ && (is_ended_ || !inbound_.empty()); }

 private:
  void ParseRequests();

  bool is_open_ = false;
  bool is_ended_ = false;
  bool is_handshake_seen_ = false;
  int connections_ = 0;
  std::string inbound_;
  std::string outbound_;
  std::deque<Request> requests_;
};

}  // namespace fuzz

#endif  // LIBZOOKEEPER_FUZZ_NETWORK_H
