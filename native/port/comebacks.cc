#include "comebacks.h"

#include <algorithm>

#include "errands.h"

namespace libzookeeper {
namespace port {

namespace {

/** What the first connection has. A server that serves answers within milliseconds, be it a busy one. */
constexpr int kFirstMs = 500;

/** Above this the session's timeout is what ends an attempt. */
constexpr int kLongestMs = 1 << 20;

}  // namespace

int Comebacks::Begin(const Endpoint& server) {
  is_trying_ = true;
  server_ = server;
  began_ = Now();
  const Away* away = Find();
  return away == nullptr ? 0 : away->limit_ms;
}

bool Comebacks::Answered() {
  if (!is_trying_) return false;
  is_trying_ = false;
  const bool was_away = Find() != nullptr;
  Forget();
  return was_away;
}

void Comebacks::End(bool was_made) {
  if (!is_trying_) return;
  is_trying_ = false;
  Away* away = Find();
  const bool took_too_long = away != nullptr && Now() - began_ >= away->limit_ms;
  if (took_too_long) {
    away->limit_ms = std::min(2 * away->limit_ms, kLongestMs);
  } else if (!was_made) {
    Forget();
    away_.push_back(Away{server_, kFirstMs});
  }
}

Comebacks::Away* Comebacks::Find() {
  const auto found = std::find_if(away_.begin(), away_.end(),
                                  [this](const Away& each) { return each.server == server_; });
  return found == away_.end() ? nullptr : &*found;
}

void Comebacks::Forget() {
  away_.erase(std::remove_if(away_.begin(), away_.end(),
                             [this](const Away& each) { return each.server == server_; }),
              away_.end());
}

}  // namespace port
}  // namespace libzookeeper
