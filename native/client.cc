#include "client.h"

#include <errno.h>
#include <string.h>

#include <algorithm>
#include <utility>

#include "arguments.h"
#include "port/large_memory.h"
#include "port/reply_memory.h"

namespace libzookeeper {

namespace {

/** How long an environment that ends waits for a close that was asked for. */
constexpr int kFinishCloseMs = 1000;

/** How long it waits for the threads of the C client, which are told to stop at once. */
constexpr int kEndThreadsMs = 2000;

void FreeExternal(napi_env, void*, void* memory) { port::FreeLarge(memory); }

/** The blob as a Buffer; null when the environment is being stopped. */
napi_value ToBuffer(napi_env env, Blob blob) {
  napi_value buffer = nullptr;
  if (blob.length >= port::kSmallestHandedOver &&
      napi_create_external_buffer(env, blob.length, blob.bytes, FreeExternal, blob.memory.get(),
                                  &buffer) == napi_ok) {
    // The buffer owns it.
    static_cast<void>(blob.memory.release());
    return buffer;
  }
  // Small, or where external memory is not allowed (Electron).
  if (napi_create_buffer_copy(env, blob.length, blob.bytes, nullptr, &buffer) != napi_ok)
    return nullptr;
  return buffer;
}

/** The blob as a string; null when the environment is being stopped. */
napi_value ToString(napi_env env, const Blob& blob) {
  napi_value string = nullptr;
  const char* bytes = blob.bytes;
  const bool is_ascii =
      std::none_of(bytes, bytes + blob.length, [](char byte) { return byte < 0; });
  // What it is spared: looking for sequences of bytes.
  const auto create = is_ascii ? napi_create_string_latin1 : napi_create_string_utf8;
  return create(env, bytes, blob.length, &string) == napi_ok ? string : nullptr;
}

/** The blobs as an array of Buffers and strings, or undefined for none; null when the environment is being stopped. */
napi_value ToBlobs(napi_env env, std::vector<Blob>& blobs) {
  napi_value array = nullptr;
  if (blobs.empty()) {
    napi_get_undefined(env, &array);
    return array;
  }
  if (napi_create_array_with_length(env, blobs.size(), &array) != napi_ok) return nullptr;
  for (size_t i = 0; i < blobs.size(); ++i) {
    const napi_value value =
        blobs[i].is_text ? ToString(env, blobs[i]) : ToBuffer(env, std::move(blobs[i]));
    if (value == nullptr) return nullptr;
    if (napi_set_element(env, array, static_cast<uint32_t>(i), value) != napi_ok) return nullptr;
  }
  return array;
}

/** Hands one batch over. @return false when the environment is being stopped. */
bool Hand(napi_env env, napi_value receiver, napi_value on_batch, Batch& batch) {
  void* bytes = nullptr;
  napi_value arguments[2] = {};
  if (napi_create_arraybuffer(env, batch.used, &bytes, &arguments[0]) != napi_ok) return false;
  memcpy(bytes, batch.bytes.get(), batch.used);
  arguments[1] = ToBlobs(env, batch.blobs);
  if (arguments[1] == nullptr) return false;
  // onBatch catches what it can.
  return napi_call_function(env, receiver, on_batch, 2, arguments, nullptr) == napi_ok;
}

}  // namespace

Client::Client(napi_env env, OpenOptions options)
    : env_(env), handle_(std::make_shared<Handle>(std::move(options))) {}

Client* Client::Open(napi_env env, napi_value on_batch, OpenOptions options) {
  Client* client = new Client(env, std::move(options));
  napi_value name = ToText(env, "libzookeeper");
  if (name == nullptr || napi_create_reference(env, on_batch, 1, &client->on_batch_) != napi_ok ||
      napi_create_threadsafe_function(env, nullptr, nullptr, name, 0, 1, client, Delete, client,
                                      AnswerDoorbell, &client->doorbell_) != napi_ok) {
    if (client->on_batch_ != nullptr) napi_delete_reference(env, client->on_batch_);
    delete client;
    return nullptr;
  }
  napi_add_env_cleanup_hook(env, EndWithEnvironment, client);
  client->handle_->inbox().Connect(RingDoorbell, client->doorbell_);
  client->start_error_ = client->handle_->Start();
  return client;
}

OpenResult Client::AwaitOpen(int timeout_ms) {
  if (start_error_ == 0) return handle_->AwaitOpen(timeout_ms);
  OpenResult failed;
  failed.state = OpenResult::kFailed;
  failed.system_error = start_error_;
  return failed;
}

bool Client::Close() {
  if (closing_) return true;
  closing_ = true;
  if (start_error_ != 0) return false;
  handle_->RequestClose();
  return true;
}

int Client::SetServers(uint32_t id, std::string servers) {
  if (closing_) return ZCLOSING;
  if (start_error_ != 0) return ZSYSTEMERROR;
  handle_->SetServers(id, std::move(servers));
  return ZOK;
}

void Client::Release() {
  closing_ = true;
  handle_->inbox().Shut();
  napi_remove_env_cleanup_hook(env_, EndWithEnvironment, this);
  napi_delete_reference(env_, on_batch_);
  on_batch_ = nullptr;
  napi_release_threadsafe_function(doorbell_, napi_tsfn_release);
}

void Client::Rearm() {
  if (!handle_->inbox().Rearm()) Deliver();
}

void Client::Unref() { napi_unref_threadsafe_function(env_, doorbell_); }

/** The doorbell's finalizer. */
void Client::Delete(napi_env, void* client, void*) { delete static_cast<Client*>(client); }

/**
 * Runs when an environment ends with the connection open or closing: a worker that ends, or is terminated. The main
 * thread's is not taken down by process.exit(), which just ends the process, threads and all.
 */
void Client::EndWithEnvironment(void* raw) {
  Client* client = static_cast<Client*>(raw);
  const std::shared_ptr<Handle> handle = client->handle_;
  // Nobody rings any more, nor is anybody to be called. Node.js does not free what refers to JavaScript by itself.
  handle->inbox().Shut();
  napi_delete_reference(client->env_, client->on_batch_);
  client->on_batch_ = nullptr;
  if (client->start_error_ != 0) return;
  // A close that was asked for ends the session, if the server lets it. Otherwise nothing more is sent, so that the
  // session stays as it is, as it would had the process been killed.
  if (client->closing_ && handle->AwaitEnd(kFinishCloseMs)) return;
  handle->port().muted.store(true, std::memory_order_release);
  client->Close();
  handle->AwaitEnd(kEndThreadsMs - kFinishCloseMs);
}

/** Any thread. The doorbell outlives the inbox's last ring: see Release() and EndWithEnvironment(). */
void Client::RingDoorbell(void* doorbell) {
  napi_call_threadsafe_function(static_cast<napi_threadsafe_function>(doorbell), nullptr,
                                napi_tsfn_nonblocking);
}

void Client::AnswerDoorbell(napi_env env, napi_value, void* client, void*) {
  // Without an environment there is nobody to tell.
  if (env != nullptr) static_cast<Client*>(client)->Deliver();
}

void Client::Deliver() {
  const napi_env env = env_;
  napi_value on_batch = nullptr;
  napi_value receiver = nullptr;
  // Released meanwhile, or being stopped.
  if (on_batch_ == nullptr || napi_get_reference_value(env, on_batch_, &on_batch) != napi_ok)
    return;
  if (on_batch == nullptr || napi_get_undefined(env, &receiver) != napi_ok) return;
  // From here on the client may be released by what is called.
  std::vector<Batch> batches = handle_->inbox().Take();
  // Nobody would be called who could have the doorbell ring again.
  if (batches.empty()) handle_->inbox().Rearm();
  for (Batch& batch : batches) {
    napi_handle_scope scope = nullptr;
    if (napi_open_handle_scope(env, &scope) != napi_ok) return;
    const bool handed = Hand(env, receiver, on_batch, batch);
    napi_close_handle_scope(env, scope);
    if (!handed) return;
  }
}

}  // namespace libzookeeper
