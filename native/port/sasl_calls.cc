/**
 * @file sasl_calls.cc
 * What the C client calls instead of libsasl2. On the I/O thread; and on the handle's own, inside zookeeper_close. No
 * connection has SASL's parameters before the library was found.
 */
#include <sasl/sasl.h>
#include <sys/socket.h>

#include <string>

#include "address.h"
#include "client_internals.h"
#include "context.h"
#include "fault.h"
#include "sasl_library.h"

namespace port = libzookeeper::port;

namespace {

/** No answer of a server is longer; what claims to be would be asked of the memory. */
constexpr unsigned kLongestChallenge = 64 * 1024;

/** The name that the connect string has for the server of the current connection, or empty. */
std::string ServerName(port::Context* context, std::string* address_text) {
  struct sockaddr_storage address {};
  socklen_t size = sizeof address;
  const int descriptor = libzookeeper_socket(context->zhandle);
  if (getpeername(descriptor, reinterpret_cast<struct sockaddr*>(&address), &size) != 0) return "";
  *address_text = port::ToText(address);
  return context->resolver.NameOf(address);
}

/** Reports a step that failed. @return its code */
int Checked(int code, sasl_conn_t* connection) {
  if (code == SASL_OK || code == SASL_CONTINUE) return code;
  if (port::Context* context = port::Current()) {
    const char* detail = connection == nullptr
                             ? port::SaslLibrary::Find()->errstring(code, nullptr, nullptr)
                             : port::SaslLibrary::Find()->errdetail(connection);
    port::Fault fault{port::Fault::kSasl, code, 0, "", "", detail == nullptr ? "" : detail};
    ServerName(context, &fault.server);
    port::Report(context->handle, fault);
    context->sasl_reported = true;
  }
  return code;
}

}  // namespace

extern "C" {

int sasl_client_new(const char* service, const char* host, const char* local, const char* remote,
                    const sasl_callback_t* callbacks, unsigned flags, sasl_conn_t** connection) {
  port::Context* context = port::Current();
  std::string name;
  if (context != nullptr && context->sasl != nullptr && context->sasl->follows_server()) {
    std::string address;
    name = ServerName(context, &address);
  }
  const port::SaslLibrary* library = port::SaslLibrary::Find();
  return Checked(library->client_new(service, name.empty() ? host : name.c_str(), local, remote,
                                     callbacks, flags, connection),
                 nullptr);
}

int sasl_client_start(sasl_conn_t* connection, const char* mechanisms, sasl_interact_t** prompts,
                      const char** answer, unsigned* length, const char** mechanism) {
  *answer = nullptr;
  *length = 0;
  return Checked(port::SaslLibrary::Find()->client_start(connection, mechanisms, prompts, answer,
                                                         length, mechanism),
                 connection);
}

int sasl_client_step(sasl_conn_t* connection, const char* challenge, unsigned challenge_length,
                     sasl_interact_t** prompts, const char** answer, unsigned* length) {
  *answer = nullptr;
  *length = 0;
  // A token that is null has no pointer and a length of -1.
  if (challenge == nullptr) challenge_length = 0;
  if (challenge_length > kLongestChallenge) return SASL_FAIL;
  // The library wants a NUL behind it, which the C client does not put there.
  const std::string terminated(challenge == nullptr ? "" : challenge, challenge_length);
  return Checked(port::SaslLibrary::Find()->client_step(connection, terminated.c_str(),
                                                        challenge_length, prompts, answer, length),
                 connection);
}

void sasl_dispose(sasl_conn_t** connection) { port::SaslLibrary::Find()->dispose(connection); }

const char* sasl_errdetail(sasl_conn_t* connection) {
  return port::SaslLibrary::Find()->errdetail(connection);
}

const char* sasl_errstring(int code, const char* languages, const char** language) {
  return port::SaslLibrary::Find()->errstring(code, languages, language);
}

}  // extern "C"
