#include "arguments.h"

namespace libzookeeper {

Arguments::Arguments(napi_env env, napi_callback_info info) : env_(env) {
  size_t count = kMost;
  napi_get_cb_info(env, info, &count, values_, nullptr, &data_);
}

int32_t Arguments::Int(size_t index) const {
  int32_t number = 0;
  napi_get_value_int32(env_, values_[index], &number);
  return number;
}

uint32_t Arguments::Uint(size_t index) const {
  uint32_t number = 0;
  napi_get_value_uint32(env_, values_[index], &number);
  return number;
}

int64_t Arguments::Long(size_t index) const {
  int64_t number = 0;
  napi_get_value_int64(env_, values_[index], &number);
  return number;
}

int64_t Arguments::BigInt(size_t index) const {
  int64_t number = 0;
  bool lossless = false;
  napi_get_value_bigint_int64(env_, values_[index], &number, &lossless);
  return number;
}

bool Arguments::Bool(size_t index) const {
  bool truth = false;
  napi_get_value_bool(env_, values_[index], &truth);
  return truth;
}

napi_value ToNumber(napi_env env, int32_t number) {
  napi_value value = nullptr;
  napi_create_int32(env, number, &value);
  return value;
}

napi_value ToText(napi_env env, const char* text) {
  napi_value value = nullptr;
  napi_create_string_utf8(env, text, NAPI_AUTO_LENGTH, &value);
  return value;
}

}  // namespace libzookeeper
