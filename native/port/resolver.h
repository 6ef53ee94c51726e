/**
 * @file resolver.h
 * getaddrinfo with a memory: when the system's resolver fails, the last good answer for that name stands.
 */
#ifndef LIBZOOKEEPER_PORT_RESOLVER_H
#define LIBZOOKEEPER_PORT_RESOLVER_H

#include <netdb.h>
#include <sys/socket.h>

#include <mutex>
#include <string>
#include <vector>

namespace libzookeeper {
namespace port {

/**
 * One connection's resolver. The C client asks for every host anew before each connection attempt, and when no host
 * resolves it goes on with a descriptor and a time-out that were never set. With this in between, a name that resolved
 * once always has an answer, and an outage of DNS is not an outage of ZooKeeper.
 */
class Resolver {
 public:
  /**
   * Blocks as getaddrinfo does. May be called by several threads.
   * @return 0, or the EAI_* code of a name that never resolved. On 0, `*result` is to be given to Free().
   */
  int Resolve(const char* node, const char* service, const struct addrinfo* hints,
              struct addrinfo** result);

  /** The name that this address was an answer to, or empty. Any thread. */
  std::string NameOf(const struct sockaddr_storage& address);

  /** Frees what Resolve() gave. */
  static void Free(struct addrinfo* result);

  /** Whether the addresses of one name are tried in random order. Set before the first Resolve(). */
  bool shuffle = true;

 private:
  struct Address {
    int family;
    int socktype;
    int protocol;
    socklen_t length;
    struct sockaddr_storage storage;
  };
  struct Answer {
    std::string node;
    std::string service;
    std::vector<Address> addresses;
  };

  static struct addrinfo* Copy(const std::vector<Address>& addresses);
  void Remember(const char* node, const char* service, const std::vector<Address>& addresses);
  const Answer* Find(const char* node, const char* service) const;

  std::mutex mutex_;
  std::vector<Answer> answers_;
};

}  // namespace port
}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_PORT_RESOLVER_H
