/**
 * @file bytes_argument.h
 * A JavaScript Uint8Array, or null, as the C client wants it.
 */
#ifndef LIBZOOKEEPER_BYTES_ARGUMENT_H
#define LIBZOOKEEPER_BYTES_ARGUMENT_H

#include <limits.h>
#include <node_api.h>

namespace libzookeeper {

/** A view on the bytes, good until JavaScript runs again; the C client copies them before its call returns. */
class BytesArgument {
 public:
  BytesArgument(napi_env env, napi_value value) {
    napi_valuetype type = napi_undefined;
    napi_typeof(env, value, &type);
    if (type == napi_null) {
      valid_ = true;
      length_ = -1;
      return;
    }
    napi_typedarray_type kind = napi_int8_array;
    size_t length = 0;
    void* bytes = nullptr;
    if (napi_get_typedarray_info(env, value, &kind, &length, &bytes, nullptr, nullptr) != napi_ok)
      return;
    if (kind != napi_uint8_array || length > INT_MAX) return;
    // The C client takes a null pointer for "no data", which an empty array is not.
    bytes_ = bytes == nullptr ? "" : static_cast<const char*>(bytes);
    length_ = static_cast<int>(length);
    valid_ = true;
  }

  bool valid() const { return valid_; }
  /** Null for null. */
  const char* bytes() const { return bytes_; }
  /** -1 for null. */
  int length() const { return length_; }

 private:
  const char* bytes_ = nullptr;
  int length_ = 0;
  bool valid_ = false;
};

}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_BYTES_ARGUMENT_H
