#include "resolver.h"

#include <string.h>

#include <algorithm>
#include <memory>
#include <random>

#include "address.h"

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
                      struct addrinfo** result) {
  struct addrinfo* found = nullptr;
  const int rc = getaddrinfo(node, service, hints, &found);
  if (rc != 0) {
    const std::lock_guard<std::mutex> lock(mutex_);
    const Answer* answer = Find(node, service);
    if (answer == nullptr) return rc;
    *result = Copy(answer->addresses);
    return 0;
  }
  const std::unique_ptr<struct addrinfo, decltype(&freeaddrinfo)> owned(found, freeaddrinfo);

  std::vector<Address> addresses;
  for (const struct addrinfo* each = found; each != nullptr; each = each->ai_next) {
    if (each->ai_addrlen > sizeof(struct sockaddr_storage)) continue;
    Address address{each->ai_family, each->ai_socktype, each->ai_protocol, each->ai_addrlen, {}};
    memcpy(&address.storage, each->ai_addr, each->ai_addrlen);
    addresses.push_back(address);
  }
  if (shuffle && addresses.size() > 1) {
    std::minstd_rand generator{std::random_device{}()};
    std::shuffle(addresses.begin(), addresses.end(), generator);
  }
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    Remember(node, service, addresses);
  }
  *result = Copy(addresses);
  return 0;
}

std::string Resolver::NameOf(const struct sockaddr_storage& address) {
  const std::lock_guard<std::mutex> lock(mutex_);
  // The newest first: an address may have gone over to another name.
  for (auto answer = answers_.rbegin(); answer != answers_.rend(); ++answer) {
    for (const Address& each : answer->addresses) {
      if (IsSame(each.storage, address)) return answer->node;
    }
  }
  return std::string();
}

void Resolver::Free(struct addrinfo* result) {
  while (result != nullptr) {
    struct addrinfo* next = result->ai_next;
    delete reinterpret_cast<Node*>(result);
    result = next;
  }
}

struct addrinfo* Resolver::Copy(const std::vector<Address>& addresses) {
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

void Resolver::Remember(const char* node, const char* service,
                        const std::vector<Address>& addresses) {
  if (const Answer* answer = Find(node, service))
    answers_.erase(answers_.begin() + (answer - answers_.data()));
  answers_.push_back(Answer{node, service, addresses});
}

const Resolver::Answer* Resolver::Find(const char* node, const char* service) const {
  for (const Answer& answer : answers_) {
    if (answer.node == node && answer.service == service) return &answer;
  }
  return nullptr;
}

}  // namespace port
}  // namespace libzookeeper
