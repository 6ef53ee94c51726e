/**
 * @file resolver.h
 * getaddrinfo with a memory: when the system's resolver fails, the last good answer for that name stands.
 */
#ifndef LIBZOOKEEPER_PORT_RESOLVER_H
#define LIBZOOKEEPER_PORT_RESOLVER_H

#include <netdb.h>

#include <mutex>
#include <string>
#include <vector>

#include "endpoint.h"

namespace libzookeeper {
namespace port {

/** A server as the connect string has it. */
struct Host {
  std::string node;
  std::string service;
};

inline bool operator==(const Host& one, const Host& other) {
  return one.node == other.node && one.service == other.service;
}

/**
 * One connection's resolver. The C client asks for every host anew before each connection attempt, and when no host
 * resolves it goes on with a descriptor and a time-out that were never set. With this in between, a name that resolved
 * once always has an answer, and an outage of DNS is not an outage of ZooKeeper.
 */
class Resolver {
 public:
  /**
   * Blocks as getaddrinfo does. May be called by several threads.
   * @return 0 and some addresses, or the EAI_* code of a name that never resolved
   */
  int Resolve(const char* node, const char* service, const struct addrinfo* hints,
              std::vector<Endpoint>* addresses);

  /** The name that this address was an answer to, or empty. Any thread. */
  std::string NameOf(const struct sockaddr_storage& address);

  /** As Resolve(), for whatever addresses this machine can use. */
  int Resolve(const Host& host, std::vector<Endpoint>* addresses);

  /** The last good answer; nothing where there was none. May be called by several threads. */
  std::vector<Endpoint> Known(const Host& host) const;

  /** Forgets all other names. */
  void Keep(const std::vector<Host>& hosts);

  /** Addresses as getaddrinfo gives them, to be given to Free(); null for none. */
  static struct addrinfo* ToAddrinfo(const std::vector<Endpoint>& addresses);
  static void Free(struct addrinfo* result);

  /** Whether the addresses of one name are tried in random order. Set before the first Resolve(). */
  bool shuffle = true;

 private:
  struct Answer {
    Host host;
    std::vector<Endpoint> addresses;
  };

  const Answer* Find(const Host& host) const;

  mutable std::mutex mutex_;
  std::vector<Answer> answers_;
};

}  // namespace port
}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_PORT_RESOLVER_H
