/**
 * @file handle_errands.cc
 * What a Handle's own thread does between zookeeper_init and zookeeper_close: whatever may block.
 */
#include <algorithm>
#include <vector>

#include "completions.h"
#include "deadline.h"
#include "handle.h"
#include "port/lock.h"
#include "port/probe.h"

namespace libzookeeper {

namespace {

/** How long a server may take to say whether it is read-only. */
constexpr int kProbeMs = 1000;

// How often to look for a server that is not read-only: the C client begins as often, and gets slower than that.
constexpr int kLeastSeekDelayMs = 200;
constexpr int kMostSeekDelayMs = 5000;

/** How long the I/O thread may take to notice that its connection was shut down. */
constexpr int kNoticeMs = 1000;

bool IsConnected(zhandle_t* zhandle) {
  const int state = zoo_state(zhandle);
  return state == ZOO_CONNECTED_STATE || state == ZOO_READONLY_STATE;
}

}  // namespace

/**
 * Does what there is to do until a close is requested, or the time is up, or there are other servers to try to open a handle
 * with.
 * @param zhandle null while there is none
 * @return whether a close was requested
 */
bool Handle::RunErrands(zhandle_t* zhandle, int timeout_ms) {
  const int64_t end = port::Now() + timeout_ms;
  for (;;) {
    const int left = static_cast<int>(std::max<int64_t>(end - port::Now(), 0));
    const port::Errand errand = port_.errands.Await(timeout_ms < 0 ? -1 : left);
    switch (errand.kind) {
      case port::Errand::kClose:
        return true;
      case port::Errand::kNone:
        return false;
      case port::Errand::kSetServers: {
        int resolver_error = 0;
        const int rc = ChangeServers(zhandle, errand.servers, &resolver_error);
        OnServersSet(rc, resolver_error, errand.id);
        if (zhandle == nullptr && rc == ZOK) return false;
        break;
      }
      case port::Errand::kResolve:
        ResolveAnew(zhandle);
        break;
      case port::Errand::kEndAttempt:
        if (!IsConnected(zhandle)) port_.socket.Shut();
        break;
      case port::Errand::kSeekWritable:
        SeekWritable(zhandle);
        break;
    }
  }
}

/**
 * All or nothing: when no host resolves, the servers are those of before. The C client is told the names, which it resolves
 * before its next attempt; to which of them that goes is for Servers to say.
 * @param resolver_error a code of getaddrinfo, when no host resolves
 */
int Handle::ChangeServers(zhandle_t* zhandle, const std::string& servers, int* resolver_error) {
  std::vector<port::Host> hosts = port::Servers::Parse(servers);
  bool is_any_known = false;
  for (const port::Host& host : hosts) {
    std::vector<port::Endpoint> found;
    const int rc = port_.resolver.Resolve(host, &found);
    is_any_known = is_any_known || !found.empty();
    if (rc != 0 && *resolver_error == 0) *resolver_error = rc;
  }
  if (!is_any_known) {
    port_.resolver.Keep(port_.servers.hosts());
    return ZSYSTEMERROR;
  }
  *resolver_error = 0;
  servers_ = servers;
  port::Endpoint current;
  const bool has_current = port_.socket.IsOpen(&current);
  const bool moves =
      port_.servers.Change(hosts, has_current ? &current : nullptr, options_.shuffle_addresses);
  if (zhandle != nullptr) {
    const port::NamesOnly scope;
    zoo_set_servers(zhandle, servers.c_str());
  }
  port_.resolver.Keep(hosts);
  if (moves && has_current) Move(zhandle);
  return ZOK;
}

/** The names may have other addresses by now. The I/O thread asks for them only when it has to connect. */
void Handle::ResolveAnew(zhandle_t* zhandle) {
  port::Endpoint current;
  if (!IsConnected(zhandle) || !port_.socket.IsOpen(&current)) return;
  const std::vector<port::Host> hosts = port_.servers.hosts();
  for (const port::Host& host : hosts) {
    std::vector<port::Endpoint> found;
    port_.resolver.Resolve(host, &found);
  }
  if (port_.servers.Change(hosts, &current, options_.shuffle_addresses)) Move(zhandle);
}

/** Goes on, less and less often, for as long as the connection is read-only. */
void Handle::SeekWritable(zhandle_t* zhandle) {
  port::Endpoint current;
  if (zoo_state(zhandle) != ZOO_READONLY_STATE || !port_.socket.IsOpen(&current)) {
    seek_delay_ms_ = 0;
    port_.errands.SeekAgain(-1);
    return;
  }
  for (const port::Endpoint& server : port_.servers.addresses()) {
    if (server == current || !port::IsWritable(&port_, server, kProbeMs)) continue;
    port_.servers.Prefer(server);
    seek_delay_ms_ = 0;
    port_.errands.SeekAgain(-1);
    Move(zhandle);
    return;
  }
  seek_delay_ms_ = std::min(std::max(seek_delay_ms_ * 2, kLeastSeekDelayMs), kMostSeekDelayMs);
  port_.errands.SeekAgain(seek_delay_ms_);
}

/**
 * Returns once the C client has let go of the connection, and that is in the inbox: a request that is made when JavaScript
 * knows of it goes to the next server.
 */
void Handle::Move(zhandle_t* zhandle) {
  const unsigned losses_before = losses();
  const bool was_connected = zhandle != nullptr && IsConnected(zhandle);
  port_.socket.Shut();
  port_.socket.AwaitClosed(kNoticeMs);
  if (was_connected) AwaitLoss(losses_before);
}

void Handle::NoteSession(int state) {
  if (state != ZOO_CONNECTING_STATE) return;
  const port::Lock lock(&mutex_);
  losses_ += 1;
  pthread_cond_broadcast(&changed_);
}

unsigned Handle::losses() {
  const port::Lock lock(&mutex_);
  return losses_;
}

void Handle::AwaitLoss(unsigned losses) {
  const Deadline deadline(kNoticeMs);
  const port::Lock lock(&mutex_);
  while (losses_ == losses && deadline.Wait(&changed_, &mutex_)) {
  }
}

}  // namespace libzookeeper
