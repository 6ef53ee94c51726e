/**
 * @file environment.h
 * The state of one environment: the main thread's, or a worker's. Nothing here is shared between them.
 */
#ifndef LIBZOOKEEPER_ENVIRONMENT_H
#define LIBZOOKEEPER_ENVIRONMENT_H

#include <node_api.h>
#include <stdint.h>

#include <vector>

#include "client.h"

namespace libzookeeper {

/**
 * The connections of one environment, by number: numbers, never pointers, are what JavaScript holds. Owned by the
 * environment's instance data, hence it outlives every function of the addon there. JavaScript thread.
 */
class Environment {
 public:
  /** Makes the environment's state; null when it is being stopped. */
  static Environment* Attach(napi_env env);

  /** Gives a connection its number. */
  int32_t Add(Client* client);

  /** The connection of that number, or null. */
  Client* Find(uint32_t number) const;

  /** Forgets a connection; its number may be given again. */
  void Remove(uint32_t number);

 private:
  std::vector<Client*> clients_;
};

}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_ENVIRONMENT_H
