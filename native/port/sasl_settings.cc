#include "sasl_settings.h"

#include <stddef.h>
#include <string.h>

#include "overwrite.h"
#include "sasl_library.h"

namespace libzookeeper {
namespace port {

SaslSettings::SaslSettings(const SaslOptions& options)
    : mechanism_(options.mechanism),
      service_(options.service),
      host_(options.host),
      username_(options.username),
      realm_(options.realm),
      secret_((sizeof(sasl_secret_t) + options.password_length) / sizeof(unsigned long) + 1) {
  auto* secret = reinterpret_cast<sasl_secret_t*>(secret_.data());
  secret->len = options.password_length;
  if (options.password_length > 0) {
    memcpy(reinterpret_cast<char*>(secret) + offsetof(sasl_secret_t, data), options.password,
           options.password_length);
  }
  callbacks_[0] = {SASL_CB_USER, AsCallback(OnName), this};
  callbacks_[1] = {SASL_CB_AUTHNAME, AsCallback(OnName), this};
  callbacks_[2] = {SASL_CB_GETREALM, AsCallback(OnRealm), this};
  callbacks_[3] = {SASL_CB_PASS, AsCallback(OnPassword), this};
  callbacks_[4] = {SASL_CB_LIST_END, nullptr, nullptr};
  parameters_.service = service_.c_str();
  parameters_.host = host_.empty() ? nullptr : host_.c_str();
  parameters_.mechlist = mechanism_.c_str();
  parameters_.callbacks = callbacks_;
}

SaslSettings::~SaslSettings() { Overwrite(secret_.data(), secret_.size() * sizeof(unsigned long)); }

int SaslSettings::OnName(void* self, int, const char** result, unsigned* length) {
  if (result == nullptr) return SASL_BADPARAM;
  const std::string& username = static_cast<SaslSettings*>(self)->username_;
  *result = username.c_str();
  if (length != nullptr) *length = static_cast<unsigned>(username.size());
  return SASL_OK;
}

int SaslSettings::OnRealm(void* self, int, const char** offered, const char** result) {
  if (result == nullptr) return SASL_BADPARAM;
  const std::string& realm = static_cast<SaslSettings*>(self)->realm_;
  const bool has_offer = offered != nullptr && *offered != nullptr;
  *result = realm.empty() && has_offer ? *offered : realm.c_str();
  return SASL_OK;
}

int SaslSettings::OnPassword(sasl_conn_t*, void* self, int, sasl_secret_t** secret) {
  if (secret == nullptr) return SASL_BADPARAM;
  *secret = reinterpret_cast<sasl_secret_t*>(static_cast<SaslSettings*>(self)->secret_.data());
  return SASL_OK;
}

}  // namespace port
}  // namespace libzookeeper
