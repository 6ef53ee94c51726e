/**
 * @file client.h
 * A connection, as JavaScript's side of the boundary sees it.
 */
#ifndef LIBZOOKEEPER_CLIENT_H
#define LIBZOOKEEPER_CLIENT_H

#include <node_api.h>

#include <memory>
#include <string>

#include "handle.h"

namespace libzookeeper {

/**
 * One connection. Everything here runs on the JavaScript thread of its environment, but for the ringing of the doorbell.
 *
 * What comes up does so through the inbox: its first record rings the doorbell, a threadsafe function, which hands all
 * that is there to `onBatch`.
 *
 * Life: made by Open(); Release() once the last record, kClosed, was seen. If the environment ends before that,
 * EndWithEnvironment() stops the C client's threads; it is registered after the doorbell was made, hence runs before the
 * doorbell is unmade. The doorbell owns the client: its finalizer, which runs after its last ring, deletes it.
 */
class Client {
 public:
  /**
   * Opens a connection, which keeps the process alive from now on.
   * @return null when the environment is being stopped, or has no memory left
   */
  static Client* Open(napi_env env, napi_value on_batch, OpenOptions options);

  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /** How the opening ended, or that it has not; waits at most so long. */
  OpenResult AwaitOpen(int timeout_ms);

  /** Has the connection closed. @return false when there is no thread that would do it, and no record will say so. */
  bool Close();

  /** Has other servers used; a reply of that id says how it went. @return the code, 0 for a reply */
  int SetServers(uint32_t id, std::string servers);

  /** Waits until the threads of the C client are gone, or so long. @return whether they are */
  bool AwaitEnd(int timeout_ms) { return start_error_ != 0 || handle_->AwaitEnd(timeout_ms); }

  /** The event loop has turned since the last delivery: delivers what came meanwhile, or has the doorbell ring for it. */
  void Rearm();

  /** Lets go of everything. The client must not be used any more. */
  void Release();

  /** Stops keeping the process alive. */
  void Unref();

  /** The C client's handle, for a request; null while there is none, and once Close() was called. */
  zhandle_t* zhandle() const { return closing_ ? nullptr : handle_->zhandle(); }

  port::Context* port() { return &handle_->port(); }

  /** The transactions that are under way. */
  PendingMultis* multis() { return &handle_->multis(); }

 private:
  Client(napi_env env, OpenOptions options);
  ~Client() = default;

  static void RingDoorbell(void* doorbell);
  static void AnswerDoorbell(napi_env env, napi_value function, void* client, void* data);
  static void Delete(napi_env env, void* client, void* hint);
  static void EndWithEnvironment(void* client);
  void Deliver();

  const napi_env env_;
  const std::shared_ptr<Handle> handle_;
  napi_ref on_batch_ = nullptr;
  napi_threadsafe_function doorbell_ = nullptr;
  int start_error_ = 0;
  bool closing_ = false;
};

}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_CLIENT_H
