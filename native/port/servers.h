/**
 * @file servers.h
 * The servers of a connection, and which is the next to connect to.
 */
#ifndef LIBZOOKEEPER_PORT_SERVERS_H
#define LIBZOOKEEPER_PORT_SERVERS_H

#include <stddef.h>

#include <mutex>
#include <string>
#include <vector>

#include "endpoint.h"
#include "resolver.h"

namespace libzookeeper {
namespace port {

/** Whether the running thread's call of zoo_set_servers is to replace names only: see Servers. */
bool IsNamesOnly();

/** Makes it so for as long as the scope lasts. */
class NamesOnly {
 public:
  NamesOnly();
  ~NamesOnly();
  NamesOnly(const NamesOnly&) = delete;
  NamesOnly& operator=(const NamesOnly&) = delete;
};

/**
 * The C client has a list of servers of its own, and lets go of it here: it asks for the address of each attempt.
 *
 * - It compares addresses without their ports: it would stay with 127.0.0.1:2181 when told to use 127.0.0.1:2182.
 * - After a failure it goes on by two: of an even number of servers it tries every other one for ever, without the pause that
 *   it makes at the end of the list. It is told of an odd number (MakeOdd), so that it makes the pause once a round.
 * - When its list changes it closes the connection on the thread of whoever changed it, and lets requests wait for answers
 *   that cannot come. It is told of new names only (NamesOnly), and takes them in before its next attempt.
 *
 * May be used by several threads.
 */
class Servers {
 public:
  explicit Servers(Resolver* resolver) : resolver_(resolver) {}
  Servers(const Servers&) = delete;
  Servers& operator=(const Servers&) = delete;

  /** Takes a connect string without its chroot apart. */
  static std::vector<Host> Parse(const std::string& servers);

  /** The servers from now on, for a connection that has no threads yet. */
  void Set(std::vector<Host> hosts);

  std::vector<Host> hosts() const;

  /**
   * Other servers, or others at the same names. The rules are the C client's (ZOOKEEPER-1355), which keep the load even: the
   * connection stays if it can, unless there are more servers than before and chance picks this client to go to a new one.
   *
   * @param hosts     resolved by the caller: only those with an answer count
   * @param current   the server of the connection; null while there is none
   * @param is_random whether chance may have a say
   * @return whether the connection is to move
   */
  bool Change(std::vector<Host> hosts, const Endpoint* current, bool is_random);

  /** The address of the next attempt. @return false when none is known */
  bool Next(Endpoint* address);

  /** The address of the attempt after this one, ahead of its turn. */
  void Prefer(const Endpoint& address);

  /** Adds an address to the answer for the last host where that makes the number of all an odd one. */
  void MakeOdd(const Host& host, std::vector<Endpoint>* addresses) const;

  /** All addresses, as far as they are known. */
  std::vector<Endpoint> addresses() const;

 private:
  std::vector<Endpoint> Known() const;
  void Refresh();

  Resolver* const resolver_;
  mutable std::mutex mutex_;
  std::vector<Host> hosts_;
  /** In the order in which they are tried. */
  std::vector<Endpoint> order_;
  size_t next_ = 0;
  bool has_preferred_ = false;
  Endpoint preferred_;
};

}  // namespace port
}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_PORT_SERVERS_H
