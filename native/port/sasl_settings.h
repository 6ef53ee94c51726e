/**
 * @file sasl_settings.h
 * What a connection authenticates itself with.
 */
#ifndef LIBZOOKEEPER_PORT_SASL_SETTINGS_H
#define LIBZOOKEEPER_PORT_SASL_SETTINGS_H

#include <sasl/sasl.h>
#include <zookeeper.h>

#include <string>
#include <vector>

namespace libzookeeper {
namespace port {

/** The option `sasl`, as TypeScript validated it. */
struct SaslOptions {
  std::string mechanism;
  std::string service;
  /** The server's name for SASL; empty for the host of the connect string. */
  std::string host;
  std::string username;
  /** Empty for the one that the server offers. */
  std::string realm;
  /** Not ours. */
  const char* password = nullptr;
  size_t password_length = 0;
};

/**
 * The parameters of zookeeper_init_sasl, and the callbacks that libsasl2 asks for them. The C client's own callbacks would
 * read the password from a file. Lives as long as the handle: both keep pointers into it.
 */
class SaslSettings {
 public:
  explicit SaslSettings(const SaslOptions& options);
  /** Overwrites the password. */
  ~SaslSettings();
  SaslSettings(const SaslSettings&) = delete;
  SaslSettings& operator=(const SaslSettings&) = delete;

  zoo_sasl_params_t* parameters() { return &parameters_; }

  /** Whether the server's name for SASL is its name in the connect string. */
  bool follows_server() const { return host_.empty(); }

 private:
  static int OnName(void* self, int kind, const char** result, unsigned* length);
  static int OnRealm(void* self, int kind, const char** offered, const char** result);
  static int OnPassword(sasl_conn_t* connection, void* self, int kind, sasl_secret_t** secret);

  const std::string mechanism_;
  const std::string service_;
  const std::string host_;
  const std::string username_;
  const std::string realm_;
  /** A sasl_secret_t of the password's length. */
  std::vector<unsigned long> secret_;
  sasl_callback_t callbacks_[5];
  zoo_sasl_params_t parameters_;
};

}  // namespace port
}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_PORT_SASL_SETTINGS_H
