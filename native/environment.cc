#include "environment.h"

#include <algorithm>

namespace libzookeeper {

namespace {

void Delete(napi_env, void* environment, void*) { delete static_cast<Environment*>(environment); }

}  // namespace

Environment* Environment::Attach(napi_env env) {
  Environment* environment = new Environment();
  if (napi_set_instance_data(env, environment, Delete, nullptr) == napi_ok) return environment;
  delete environment;
  return nullptr;
}

int32_t Environment::Add(Client* client) {
  const auto free = std::find(clients_.begin(), clients_.end(), nullptr);
  const auto number = static_cast<int32_t>(free - clients_.begin());
  if (free == clients_.end()) {
    clients_.push_back(client);
  } else {
    *free = client;
  }
  return number;
}

Client* Environment::Find(uint32_t number) const {
  return number < clients_.size() ? clients_[number] : nullptr;
}

void Environment::Remove(uint32_t number) {
  if (number < clients_.size()) clients_[number] = nullptr;
}

}  // namespace libzookeeper
