/**
 * @file client_life.cc
 * Client: how a connection begins and ends, and how its records reach JavaScript.
 */
#include <errno.h>
#include <string.h>

#include "client.h"
#include "text_argument.h"

namespace libzookeeper {

namespace {

/** How long an environment that ends waits for the threads of the C client, which are told to stop at once. */
constexpr int kEndWithEnvironmentMs = 2000;

/** From this size on, handing memory over beats copying it. */
constexpr size_t kSmallestExternal = 1024 * 1024;

Napi::Value ToBuffer(Napi::Env env, Blob blob) {
  if (blob.length < kSmallestExternal)
    return Napi::Buffer<char>::Copy(env, blob.bytes.get(), blob.length);
  // Where external memory is not allowed (Electron), this copies.
  return Napi::Buffer<char>::NewOrCopy(env, blob.bytes.release(), blob.length,
                                       [](Napi::Env, char* bytes) { free(bytes); });
}

Napi::Value ToBlobs(Napi::Env env, std::vector<Blob>& blobs) {
  if (blobs.empty()) return env.Undefined();
  Napi::Array array = Napi::Array::New(env, blobs.size());
  for (size_t i = 0; i < blobs.size(); ++i)
    array.Set(static_cast<uint32_t>(i), ToBuffer(env, std::move(blobs[i])));
  return array;
}

/** The options of lib/native.ts, NativeOpenOptions; a mistake in them is one of ours, and throws. */
OpenOptions ReadOptions(const Napi::Object& from) {
  OpenOptions options;
  options.servers = from.Get("servers").ToString().Utf8Value();
  options.session_timeout_ms = from.Get("sessionTimeout").ToNumber().Int32Value();
  options.resolution_delay_ms = from.Get("resolutionDelay").ToNumber().Int32Value();
  options.shuffle_addresses = from.Get("shuffleAddresses").ToBoolean().Value();
  const Napi::Value password = from.Get("password");
  if (password.IsBuffer()) {
    bool lossless = false;
    options.has_client_id = true;
    options.client_id.client_id = from.Get("sessionId").As<Napi::BigInt>().Int64Value(&lossless);
    const auto bytes = password.As<Napi::Buffer<char>>();
    memcpy(options.client_id.passwd, bytes.Data(),
           std::min(bytes.Length(), sizeof options.client_id.passwd));
  }
  const auto credentials = from.Get("credentials").As<Napi::Array>();
  for (uint32_t i = 0; i + 1 < credentials.Length(); i += 2) {
    const auto certificate = credentials.Get(i + 1).As<Napi::Buffer<char>>();
    options.credentials.push_back(
        Credential{credentials.Get(i).ToString().Utf8Value(),
                   std::string(certificate.Data(), certificate.Length())});
  }
  return options;
}

Napi::Value ToResult(Napi::Env env, OpenResult result) {
  Napi::Object object = Napi::Object::New(env);
  object.Set("state", static_cast<int>(result.state));
  object.Set("systemError", result.system_error);
  object.Set("resolverError", result.resolver_error);
  return object;
}

}  // namespace

Client::Client(const Napi::CallbackInfo& info) : Napi::ObjectWrap<Client>(info) {
  on_batch_ = Napi::Persistent(info[0].As<Napi::Function>());
}

Client::~Client() = default;

Napi::Value Client::Open(const Napi::CallbackInfo& info) {
  Napi::Env env = info.Env();
  handle_ = std::make_shared<Handle>(ReadOptions(info[0].As<Napi::Object>()));
  if (env.IsExceptionPending()) return env.Undefined();

  napi_value name = Napi::String::New(env, "libzookeeper");
  const napi_status status = napi_create_threadsafe_function(
      env, nullptr, nullptr, name, 0, 1, nullptr, nullptr, this, AnswerDoorbell, &doorbell_);
  OpenResult result;
  result.state = OpenResult::kFailed;
  if (status != napi_ok) {
    result.system_error = ENOMEM;
    return ToResult(env, result);
  }
  napi_add_env_cleanup_hook(env, EndWithEnvironment, this);
  handle_->inbox().Connect(RingDoorbell, doorbell_);
  Ref();

  result.system_error = handle_->Start();
  if (result.system_error != 0) {
    // There is no thread that would report the end.
    Release(info);
    return ToResult(env, result);
  }
  return ToResult(env, handle_->AwaitOpen(info[1].ToNumber().Int32Value()));
}

Napi::Value Client::Close(const Napi::CallbackInfo& info) {
  const bool has_thread = doorbell_ != nullptr;
  if (has_thread && !closing_) {
    closing_ = true;
    handle_->RequestClose();
  }
  return Napi::Boolean::New(info.Env(), has_thread);
}

void Client::Release(const Napi::CallbackInfo& info) {
  if (doorbell_ == nullptr) return;
  closing_ = true;
  handle_->inbox().Shut();
  napi_remove_env_cleanup_hook(info.Env(), EndWithEnvironment, this);
  napi_release_threadsafe_function(doorbell_, napi_tsfn_release);
  doorbell_ = nullptr;
  Napi::ObjectWrap<Client>::Unref();
}

void Client::Unref(const Napi::CallbackInfo& info) {
  if (doorbell_ != nullptr) napi_unref_threadsafe_function(info.Env(), doorbell_);
}

/** Runs when a worker is terminated, or the process exits, with the connection open or closing. */
void Client::EndWithEnvironment(void* raw) {
  Client* client = static_cast<Client*>(raw);
  const std::shared_ptr<Handle> handle = client->handle_;
  // In this order: nobody rings any more; nothing more is sent, so that the session stays as it is, as it would if the
  // process had been killed; then the threads end.
  handle->inbox().Shut();
  handle->port().muted.store(true, std::memory_order_release);
  if (!client->closing_) {
    client->closing_ = true;
    handle->RequestClose();
  }
  handle->AwaitEnd(kEndWithEnvironmentMs);
  client->doorbell_ = nullptr;
}

/** Any thread, with the inbox locked. The doorbell outlives the inbox's last ring: see Release() and EndWithEnvironment(). */
void Client::RingDoorbell(void* doorbell) {
  napi_call_threadsafe_function(static_cast<napi_threadsafe_function>(doorbell), nullptr,
                                napi_tsfn_nonblocking);
}

void Client::AnswerDoorbell(napi_env env, napi_value, void* context, void*) {
  // Without an environment there is nobody to tell.
  if (env == nullptr) return;
  static_cast<Client*>(context)->Deliver(Napi::Env(env));
}

void Client::Deliver(Napi::Env env) {
  Napi::HandleScope scope(env);
  // JavaScript may release this object while it takes in the last batch.
  const Napi::Object pin = Value();
  for (Batch& batch : handle_->inbox().Take()) {
    Napi::ArrayBuffer bytes = Napi::ArrayBuffer::New(env, batch.used);
    memcpy(bytes.Data(), batch.bytes.get(), batch.used);
    on_batch_.Call(pin, {bytes, ToBlobs(env, batch.blobs)});
    // onBatch catches what it can; what is left is an environment that is being terminated.
    if (env.IsExceptionPending()) return;
  }
}

}  // namespace libzookeeper
