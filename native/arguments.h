/**
 * @file arguments.h
 * What JavaScript called a function with.
 *
 * This, and all of the boundary, is plain Node-API with every status looked at, rather than node-addon-api's classes: while
 * an environment is being stopped (a worker terminated) calls into JavaScript fail, and those classes abort the process
 * when they cannot make an exception of that. Here a failure is a value that is not there.
 */
#ifndef LIBZOOKEEPER_ARGUMENTS_H
#define LIBZOOKEEPER_ARGUMENTS_H

#include <node_api.h>
#include <stddef.h>
#include <stdint.h>

namespace libzookeeper {

/**
 * The arguments of one call, as TypeScript validated them; whatever is not of the wanted type reads as zero. JavaScript
 * thread.
 */
class Arguments {
 public:
  Arguments(napi_env env, napi_callback_info info);

  napi_env env() const { return env_; }

  /** The pointer that the function was made with. */
  void* data() const { return data_; }

  /** Undefined where none was given. */
  napi_value operator[](size_t index) const { return values_[index]; }

  int32_t Int(size_t index) const;
  uint32_t Uint(size_t index) const;
  int64_t Long(size_t index) const;
  int64_t BigInt(size_t index) const;
  bool Bool(size_t index) const;

 private:
  static constexpr size_t kMost = 12;

  const napi_env env_;
  void* data_ = nullptr;
  napi_value values_[kMost] = {};
};

/** A number for JavaScript, or null when the environment is being stopped. */
napi_value ToNumber(napi_env env, int32_t number);

/** A string for JavaScript, or null when the environment is being stopped. */
napi_value ToText(napi_env env, const char* text);

}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_ARGUMENTS_H
