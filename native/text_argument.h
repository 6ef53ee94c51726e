/**
 * @file text_argument.h
 * A JavaScript string as the C client wants it.
 */
#ifndef LIBZOOKEEPER_TEXT_ARGUMENT_H
#define LIBZOOKEEPER_TEXT_ARGUMENT_H

#include <node_api.h>

#include <memory>
#include <string>

namespace libzookeeper {

/**
 * UTF-8 with a NUL behind it, for as long as this lives; on the stack unless it is long. JavaScript thread.
 *
 * TypeScript has validated what arrives here. That it is a string without a NUL is checked once more, because the C
 * client would cut it there in silence.
 */
class TextArgument {
 public:
  TextArgument(napi_env env, napi_value value) {
    size_t length = 0;
    if (napi_get_value_string_utf8(env, value, short_, sizeof short_, &length) != napi_ok) return;
    if (length + 1 == sizeof short_) {
      // It may have been cut.
      if (napi_get_value_string_utf8(env, value, nullptr, 0, &length) != napi_ok) return;
      long_ = std::make_unique<char[]>(length + 1);
      if (napi_get_value_string_utf8(env, value, long_.get(), length + 1, &length) != napi_ok)
        return;
    }
    length_ = length;
    valid_ = std::char_traits<char>::find(text(), length, '\0') == nullptr;
  }

  bool valid() const { return valid_; }
  const char* text() const { return long_ ? long_.get() : short_; }
  size_t length() const { return length_; }

 private:
  char short_[512];
  std::unique_ptr<char[]> long_;
  size_t length_ = 0;
  bool valid_ = false;
};

}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_TEXT_ARGUMENT_H
