#include "servers.h"

#include <algorithm>
#include <random>
#include <utility>

#include "chance.h"

namespace libzookeeper {
namespace port {

namespace {

thread_local bool names_only = false;

bool Contains(const std::vector<Endpoint>& list, const Endpoint& address) {
  return std::find(list.begin(), list.end(), address) != list.end();
}

bool IsSame(const std::vector<Endpoint>& one, const std::vector<Endpoint>& other) {
  const auto in_other = [&](const Endpoint& address) { return Contains(other, address); };
  return one.size() == other.size() && std::all_of(one.begin(), one.end(), in_other);
}

/** From 0 to 1, without 1. */
double Chance() {
  std::minstd_rand generator = NewGenerator();
  return static_cast<double>(generator() - std::minstd_rand::min()) /
         (static_cast<double>(std::minstd_rand::max() - std::minstd_rand::min()) + 1);
}

}  // namespace

bool IsNamesOnly() { return names_only; }

NamesOnly::NamesOnly() { names_only = true; }

NamesOnly::~NamesOnly() { names_only = false; }

std::vector<Host> Servers::Parse(const std::string& servers) {
  std::vector<Host> hosts;
  size_t begin = 0;
  while (begin < servers.size()) {
    const size_t end = std::min(servers.find(',', begin), servers.size());
    const std::string server = servers.substr(begin, end - begin);
    const size_t colon = server.rfind(':');
    if (colon != std::string::npos) {
      hosts.push_back(Host{server.substr(0, colon), server.substr(colon + 1)});
    }
    begin = end + 1;
  }
  return hosts;
}

void Servers::Set(std::vector<Host> hosts) {
  const std::lock_guard<std::mutex> lock(mutex_);
  hosts_ = std::move(hosts);
  order_.clear();
  next_ = 0;
}

std::vector<Host> Servers::hosts() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return hosts_;
}

bool Servers::Change(std::vector<Host> hosts, const Endpoint* current, bool is_random) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const std::vector<Endpoint> before = order_;
  hosts_ = std::move(hosts);
  const std::vector<Endpoint> after = Known();
  if (IsSame(before, after)) return false;

  std::vector<Endpoint> old_ones;
  std::vector<Endpoint> new_ones;
  for (const Endpoint& address : after) {
    (Contains(before, address) ? old_ones : new_ones).push_back(address);
  }
  const bool stays = current != nullptr && Contains(after, *current);
  const auto count_before = static_cast<double>(before.size());
  const auto count_after = static_cast<double>(after.size());
  bool moves = !stays;
  bool is_new_first = true;
  if (after.size() > before.size()) {
    if (stays) moves = is_random && Chance() <= 1 - count_before / count_after;
  } else if (!stays && before.size() > old_ones.size()) {
    const auto count_old = static_cast<double>(old_ones.size());
    const double old_share =
        count_old * (count_before - count_after) / (count_after * (count_before - count_old));
    is_new_first = !is_random || Chance() >= old_share;
  }
  order_ = is_new_first ? new_ones : old_ones;
  const std::vector<Endpoint>& rest = is_new_first ? old_ones : new_ones;
  order_.insert(order_.end(), rest.begin(), rest.end());
  next_ = 0;
  // Whoever stays tries the others first when it is lost.
  if (stays) {
    const auto at = std::find(order_.begin(), order_.end(), *current);
    std::rotate(at, at + 1, order_.end());
  }
  return moves;
}

bool Servers::Next(Endpoint* address) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (has_preferred_) {
    has_preferred_ = false;
    *address = preferred_;
    return true;
  }
  Refresh();
  if (order_.empty()) return false;
  *address = order_[next_ % order_.size()];
  next_ = (next_ + 1) % order_.size();
  return true;
}

void Servers::Prefer(const Endpoint& address) {
  const std::lock_guard<std::mutex> lock(mutex_);
  has_preferred_ = true;
  preferred_ = address;
}

void Servers::MakeOdd(const Host& host, std::vector<Endpoint>* addresses) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (hosts_.empty() || !(hosts_.back() == host)) return;
  size_t count = 0;
  for (const Host& each : hosts_) count += resolver_->Known(each).size();
  if (count % 2 == 0 && count > 0) addresses->push_back(Known().front());
}

std::vector<Endpoint> Servers::addresses() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return Known();
}

/** With mutex_ held. */
std::vector<Endpoint> Servers::Known() const {
  std::vector<Endpoint> all;
  for (const Host& host : hosts_) {
    for (const Endpoint& address : resolver_->Known(host)) {
      if (!Contains(all, address)) all.push_back(address);
    }
  }
  return all;
}

/** Takes in what the resolver has found out. With mutex_ held. */
void Servers::Refresh() {
  std::vector<Endpoint> known = Known();
  if (IsSame(order_, known)) return;
  order_ = std::move(known);
  next_ = 0;
}

}  // namespace port
}  // namespace libzookeeper
