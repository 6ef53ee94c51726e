#include "handle.h"

#include <errno.h>
#include <netdb.h>

#include <utility>

#include "completions.h"
#include "deadline.h"
#include "log.h"
#include "packed.h"
#include "port/client_internals.h"
#include "port/fault.h"
#include "port/overwrite.h"
#include "port/variant.h"
#include "record_layout.h"

namespace libzookeeper {

namespace {

/** How long to wait before asking again for hosts that did not resolve. */
constexpr int kResolveAgainMs = 1000;

/** The handle's thread runs zookeeper_init, zookeeper_close and the system's resolver; none of them goes deep. */
constexpr size_t kStackBytes = 512 * 1024;

/** The resolver's code for the first host of a connect string, for an error that says which host and why. */
int ResolverError(const std::string& servers) {
  const std::string first = servers.substr(0, servers.find(','));
  const size_t colon = first.rfind(':');
  if (colon == std::string::npos) return 0;
  struct addrinfo hints {};
  hints.ai_socktype = SOCK_STREAM;
  struct addrinfo* found = nullptr;
  const int rc =
      getaddrinfo(first.substr(0, colon).c_str(), first.substr(colon + 1).c_str(), &hints, &found);
  if (rc == 0) freeaddrinfo(found);
  return rc;
}

}  // namespace

Handle::Handle(OpenOptions options)
    : options_(std::move(options)),
      servers_(options_.servers.substr(0, options_.servers.find('/'))),
      chroot_(options_.servers.substr(servers_.size())) {
  pthread_mutex_init(&mutex_, nullptr);
  Deadline::Prepare(&changed_);
  port_.resolver.shuffle = options_.shuffle_addresses;
  port_.tls = std::move(options_.tls);
  port_.sasl = std::move(options_.sasl);
  // As much as the C client gives an attempt to connect; each server has its share of it.
  port_.handshakes_ms = options_.session_timeout_ms / 3 * 2;
  port_.servers.Set(port::Servers::Parse(servers_));
  port_.tls_patience.Limit(options_.session_timeout_ms);
  port_.frame_patience.Limit(options_.session_timeout_ms);
  port_.replies.Limit(options_.max_frame);
}

Handle::~Handle() {
  ForgetCredentials();
  pthread_cond_destroy(&changed_);
  pthread_mutex_destroy(&mutex_);
}

void Handle::ForgetCredentials() {
  for (Credential& credential : options_.credentials) port::Overwrite(&credential.certificate);
  options_.credentials.clear();
}

Handle* Handle::Current() {
  port::Context* context = port::Current();
  return context == nullptr ? nullptr : context->handle;
}

int Handle::Start() {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, kStackBytes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  auto shared = std::make_unique<std::shared_ptr<Handle>>(shared_from_this());
  pthread_t thread;
  const int rc = pthread_create(&thread, &attributes, RunThread, shared.get());
  pthread_attr_destroy(&attributes);
  // The new thread owns its share, if there is one.
  if (rc == 0) static_cast<void>(shared.release());
  return rc;
}

void* Handle::RunThread(void* raw) {
  const std::unique_ptr<std::shared_ptr<Handle>> shared(static_cast<std::shared_ptr<Handle>*>(raw));
  (*shared)->Run();
  return nullptr;
}

/** On the I/O thread. From here on no reply comes, but for what zookeeper_close itself ends. */
void Handle::OnIoEnd(Handle* handle) {
  // The C client says nothing of it (trap 11).
  struct _zhandle* zhandle = handle->port_.zhandle;
  const bool sasl_has_failed = libzookeeper_sasl_has_failed(zhandle) != 0;
  if (sasl_has_failed) {
    if (!handle->port_.sasl_reported) {
      // It was the server that refused.
      port::Report(handle, port::Fault{port::Fault::kSasl, 0, 0, "", "", ""});
    }
    AppendSessionEvent(handle, zhandle, ZOO_AUTH_FAILED_STATE);
  }
  // Otherwise a completion thread may have something left.
  if (!port::kIsBuffered && !sasl_has_failed) return;
  handle->inbox_.Append(
      record::kIoEnded, record::kEndBytes, 0, [](char*, int32_t) {}, [](char*) {});
}

void Handle::Run() {
  port::Scope scope(&port_);
  int rc = ZOK;
  if (zhandle_t* zhandle = Open()) {
    RunErrands(zhandle, -1);
    zhandle_.store(nullptr, std::memory_order_release);
    rc = zookeeper_close(zhandle);
    multis_.Clear();
  }
  inbox_.Append(
      record::kClosed, record::kEndBytes, 0,
      [rc](char* bytes, int32_t) { Put<int32_t>(bytes, record::kEndCode, rc); }, [](char*) {});
  pthread_mutex_lock(&mutex_);
  ended_ = true;
  pthread_cond_broadcast(&changed_);
  pthread_mutex_unlock(&mutex_);
}

zhandle_t* Handle::Open() {
  for (;;) {
    OpenResult result;
    if (zhandle_t* zhandle = Init(&result)) {
      if (port_.tls != nullptr) libzookeeper_use_tls(zhandle);
      // The I/O thread stands at the gate: what is set here holds for its first connection already.
      // Its own resolving while connected would stand in the way of the connection (trap 4): see ResolveAnew().
      zoo_set_servers_resolution_delay(zhandle, -1);
      port_.errands.ResolveEvery(options_.resolution_delay_ms);
      for (Credential& credential : options_.credentials) {
        zoo_add_auth(zhandle, credential.scheme.c_str(), credential.certificate.data(),
                     static_cast<int>(credential.certificate.size()), nullptr, nullptr);
      }
      // The C client has copies, which it presents on each connection.
      ForgetCredentials();
      port_.OpenGate();
      zhandle_.store(zhandle, std::memory_order_release);
      ReportOpen(result);
      return zhandle;
    }
    ReportOpen(result);
    // Whoever opened decides whether that was final; until then the name may come to resolve.
    if (RunErrands(nullptr, kResolveAgainMs)) return nullptr;
  }
}

/** Calls zookeeper_init, if the system has what it needs (trap 32). */
zhandle_t* Handle::Init(OpenResult* result) {
  result->state = OpenResult::kFailed;
  result->system_error = port_.provisions.Obtain();
  if (result->system_error != 0) return nullptr;
  const std::string servers = servers_ + chroot_;
  errno = 0;
  zhandle_t* zhandle =
      zookeeper_init_sasl(servers.c_str(), OnWatch, options_.session_timeout_ms,
                          options_.has_client_id ? &options_.client_id : nullptr, nullptr,
                          ZOO_NO_LOG_CLIENTENV | (options_.read_only ? ZOO_READONLY : 0), OnLogLine,
                          port_.sasl == nullptr ? nullptr : port_.sasl->parameters());
  if (zhandle != nullptr) {
    result->state = OpenResult::kOpen;
    return zhandle;
  }
  result->system_error = errno;
  port_.provisions.Release();
  result->resolver_error = ResolverError(servers_);
  return nullptr;
}

void Handle::ReportOpen(OpenResult result) {
  inbox_.Append(
      record::kOpened, record::kEndBytes, 0,
      [&](char* bytes, int32_t) {
        Put<int32_t>(bytes, record::kEndCode,
                     result.state == OpenResult::kOpen ? ZOK : ZSYSTEMERROR);
        Put<int32_t>(bytes, record::kEndErrno, result.system_error);
        Put<int32_t>(bytes, record::kEndResolver, result.resolver_error);
      },
      [](char*) {});
  pthread_mutex_lock(&mutex_);
  open_result_ = result;
  pthread_cond_broadcast(&changed_);
  pthread_mutex_unlock(&mutex_);
}

OpenResult Handle::AwaitOpen(int timeout_ms) {
  const Deadline deadline(timeout_ms);
  pthread_mutex_lock(&mutex_);
  while (open_result_.state == OpenResult::kPending && deadline.Wait(&changed_, &mutex_)) {
  }
  const OpenResult result = open_result_;
  pthread_mutex_unlock(&mutex_);
  return result;
}

void Handle::RequestClose() {
  port_.errands.RequestClose();
  // Whoever waits for a server's handshake would not notice.
  port_.interruption.Request();
  port_.probe_interruption.Request();
}

void Handle::SetServers(uint32_t id, std::string servers) {
  port_.errands.SetServers(id, std::move(servers));
}

bool Handle::AwaitEnd(int timeout_ms) {
  const Deadline deadline(timeout_ms);
  pthread_mutex_lock(&mutex_);
  while (open_result_.state == OpenResult::kOpen && !ended_ && deadline.Wait(&changed_, &mutex_)) {
  }
  const bool gone = open_result_.state != OpenResult::kOpen || ended_;
  pthread_mutex_unlock(&mutex_);
  return gone;
}

}  // namespace libzookeeper
