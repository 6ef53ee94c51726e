#include "secure_options.h"

#include <string.h>

#include <vector>

#include "port/sasl_library.h"

namespace libzookeeper {

namespace {

using port::BytesView;

/** Takes a packed list apart. @return false when it is not whole */
bool Unpack(const BytesView& packed, std::vector<BytesView>* fields) {
  size_t at = 0;
  while (at < packed.length) {
    int32_t length = 0;
    if (packed.length - at < sizeof length) return false;
    memcpy(&length, packed.bytes + at, sizeof length);
    at += sizeof length;
    if (length < 0 || static_cast<size_t>(length) > packed.length - at) return false;
    fields->push_back(BytesView{packed.bytes + at, static_cast<size_t>(length)});
    at += static_cast<size_t>(length);
  }
  return true;
}

bool Unpack(const BytesArgument& packed, size_t count, std::vector<BytesView>* fields) {
  if (!packed.valid()) return false;
  const BytesView view{reinterpret_cast<const unsigned char*>(packed.bytes()),
                       static_cast<size_t>(packed.length())};
  return Unpack(view, fields) && fields->size() == count;
}

std::string Text(const BytesView& field) {
  return std::string(reinterpret_cast<const char*>(field.bytes), field.length);
}

}  // namespace

bool ReadTls(const BytesArgument& packed, std::unique_ptr<port::TlsContext>* context) {
  if (packed.valid() && packed.length() < 0) return true;
  std::vector<BytesView> fields;
  if (!Unpack(packed, 5, &fields)) return false;
  port::TlsOptions options;
  options.server_name = Text(fields[0]);
  options.verify = Text(fields[1]) != "0";
  options.key = fields[2];
  if (!Unpack(fields[3], &options.chain) || !Unpack(fields[4], &options.ca)) return false;
  *context = port::TlsContext::Make(options);
  return *context != nullptr;
}

bool ReadSasl(const BytesArgument& packed, std::unique_ptr<port::SaslSettings>* settings) {
  if (packed.valid() && packed.length() < 0) return true;
  std::vector<BytesView> fields;
  if (!Unpack(packed, 6, &fields) || port::SaslLibrary::Find() == nullptr) return false;
  port::SaslOptions options;
  options.mechanism = Text(fields[0]);
  options.service = Text(fields[1]);
  options.host = Text(fields[2]);
  options.username = Text(fields[3]);
  options.realm = Text(fields[4]);
  options.password = reinterpret_cast<const char*>(fields[5].bytes);
  options.password_length = fields[5].length;
  *settings = std::make_unique<port::SaslSettings>(options);
  return true;
}

}  // namespace libzookeeper
