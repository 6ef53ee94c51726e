#include "resolver.h"

#include <string.h>

#include <algorithm>
#include <memory>
#include <random>

#include "address.h"
#include "chance.h"

namespace libzookeeper {
namespace port {

namespace {

/** One address in the C library's shape, in one allocation, so that Free() needs to know nothing more. */
struct Node {
  struct addrinfo info;
  struct sockaddr_storage storage;
};

}  // namespace

int Resolver::Resolve(const char* node, const char* service, const struct addrinfo* hints,
                      std::vector<Endpoint>* addresses) {
  const Host host{node, service};
  struct addrinfo* found = nullptr;
  const int rc = getaddrinfo(node, service, hints, &found);
  if (rc != 0) {
    *addresses = Known(host);
    return addresses->empty() ? rc : 0;
  }
  const std::unique_ptr<struct addrinfo, decltype(&freeaddrinfo)> owned(found, freeaddrinfo);

  addresses->clear();
  for (const struct addrinfo* each = found; each != nullptr; each = each->ai_next) {
    // What the C client would leave out, too.
    if (each->ai_family != AF_INET && each->ai_family != AF_INET6) continue;
    Endpoint address;
    address.family = each->ai_family;
    address.socktype = each->ai_socktype;
    address.protocol = each->ai_protocol;
    address.length = each->ai_addrlen;
    memcpy(&address.storage, each->ai_addr, each->ai_addrlen);
    addresses->push_back(address);
  }
  if (shuffle && addresses->size() > 1) {
    std::minstd_rand generator = NewGenerator();
    std::shuffle(addresses->begin(), addresses->end(), generator);
  }
  const std::lock_guard<std::mutex> lock(mutex_);
  if (const Answer* answer = Find(host))
    answers_.erase(answers_.begin() + (answer - answers_.data()));
  answers_.push_back(Answer{host, *addresses});
  return 0;
}

std::string Resolver::NameOf(const struct sockaddr_storage& address) {
  const std::lock_guard<std::mutex> lock(mutex_);
  // The newest first: an address may have gone over to another name.
  for (auto answer = answers_.rbegin(); answer != answers_.rend(); ++answer) {
    for (const Endpoint& each : answer->addresses) {
      if (IsSame(each.storage, address)) return answer->host.node;
    }
  }
  return std::string();
}

int Resolver::Resolve(const Host& host, std::vector<Endpoint>* addresses) {
  struct addrinfo hints {};
  hints.ai_flags = AI_ADDRCONFIG;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_protocol = IPPROTO_TCP;
  const int rc = Resolve(host.node.c_str(), host.service.c_str(), &hints, addresses);
  if (rc == 0) return rc;
  // Where there is only the loopback, the flag leaves nothing.
  hints.ai_flags = 0;
  return Resolve(host.node.c_str(), host.service.c_str(), &hints, addresses);
}

std::vector<Endpoint> Resolver::Known(const Host& host) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  const Answer* answer = Find(host);
  return answer == nullptr ? std::vector<Endpoint>() : answer->addresses;
}

void Resolver::Keep(const std::vector<Host>& hosts) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto is_other = [&](const Answer& answer) {
    return std::find(hosts.begin(), hosts.end(), answer.host) == hosts.end();
  };
  answers_.erase(std::remove_if(answers_.begin(), answers_.end(), is_other), answers_.end());
}

void Resolver::Free(struct addrinfo* result) {
  while (result != nullptr) {
    struct addrinfo* next = result->ai_next;
    delete reinterpret_cast<Node*>(result);
    result = next;
  }
}

struct addrinfo* Resolver::ToAddrinfo(const std::vector<Endpoint>& addresses) {
  struct addrinfo* first = nullptr;
  for (auto each = addresses.rbegin(); each != addresses.rend(); ++each) {
    Node* node = new Node{};
    node->storage = each->storage;
    node->info.ai_family = each->family;
    node->info.ai_socktype = each->socktype;
    node->info.ai_protocol = each->protocol;
    node->info.ai_addrlen = each->length;
    node->info.ai_addr = reinterpret_cast<struct sockaddr*>(&node->storage);
    node->info.ai_next = first;
    first = &node->info;
  }
  return first;
}

const Resolver::Answer* Resolver::Find(const Host& host) const {
  for (const Answer& answer : answers_) {
    if (answer.host == host) return &answer;
  }
  return nullptr;
}

}  // namespace port
}  // namespace libzookeeper
