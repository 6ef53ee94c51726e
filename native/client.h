/**
 * @file client.h
 * The object that TypeScript holds for each connection: lib/native.ts declares its methods.
 */
#ifndef LIBZOOKEEPER_CLIENT_H
#define LIBZOOKEEPER_CLIENT_H

#include <napi.h>

#include <memory>

#include "handle.h"

namespace libzookeeper {

/**
 * A connection, seen from JavaScript. Everything here runs on the JavaScript thread of its environment.
 *
 * Requests go down as plain calls with an id, and return the C client's code at once. What comes up does so through the
 * inbox: its first record rings the doorbell, a threadsafe function, which hands all that is there to `onBatch`.
 *
 * Life: made by `new`, pinned by Open(), released by Release() once the last record, kClosed, was seen. If the
 * environment ends before that, EndWithEnvironment() stops the C client's threads. It is registered after the doorbell
 * was made, hence runs before the doorbell is unmade.
 */
class Client : public Napi::ObjectWrap<Client> {
 public:
  static Napi::Function Define(Napi::Env env);

  explicit Client(const Napi::CallbackInfo& info);
  ~Client() override;

 private:
  // Life.
  Napi::Value Open(const Napi::CallbackInfo& info);
  Napi::Value Close(const Napi::CallbackInfo& info);
  void Release(const Napi::CallbackInfo& info);
  void Unref(const Napi::CallbackInfo& info);

  // Requests; each returns the C client's code.
  Napi::Value Get(const Napi::CallbackInfo& info);
  Napi::Value Children(const Napi::CallbackInfo& info);
  Napi::Value Exists(const Napi::CallbackInfo& info);
  Napi::Value Create(const Napi::CallbackInfo& info);
  Napi::Value Set(const Napi::CallbackInfo& info);
  Napi::Value Delete(const Napi::CallbackInfo& info);
  Napi::Value GetAcl(const Napi::CallbackInfo& info);
  Napi::Value SetAcl(const Napi::CallbackInfo& info);
  Napi::Value Sync(const Napi::CallbackInfo& info);
  Napi::Value AddAuth(const Napi::CallbackInfo& info);
  Napi::Value RemoveWatches(const Napi::CallbackInfo& info);

  template <typename Request>
  Napi::Value Submit(const Napi::CallbackInfo& info, Request request);

  static void RingDoorbell(void* doorbell);
  static void AnswerDoorbell(napi_env env, napi_value function, void* context, void* data);
  static void EndWithEnvironment(void* client);
  void Deliver(Napi::Env env);
  zhandle_t* UsableHandle() const;

  std::shared_ptr<Handle> handle_;
  Napi::FunctionReference on_batch_;
  napi_threadsafe_function doorbell_ = nullptr;
  bool closing_ = false;
};

}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_CLIENT_H
