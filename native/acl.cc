#include "acl.h"

#include <stdint.h>
#include <string.h>

namespace libzookeeper {

namespace {

size_t TextBytes(const char* text) {
  return sizeof(int32_t) + (text == nullptr ? 0 : strlen(text));
}

char* PutNumber(char* bytes, int32_t number) {
  memcpy(bytes, &number, sizeof number);
  return bytes + sizeof number;
}

char* PutText(char* bytes, const char* text) {
  const size_t length = text == nullptr ? 0 : strlen(text);
  bytes = PutNumber(bytes, static_cast<int32_t>(length));
  if (length > 0) memcpy(bytes, text, length);
  return bytes + length;
}

/** Reads what PutNumber and PutText wrote, and never past the end. */
class Reader {
 public:
  Reader(const char* bytes, size_t length) : at_(bytes), left_(length) {}

  bool AtEnd() const { return left_ == 0; }

  bool Number(int32_t* number) {
    if (left_ < sizeof *number) return false;
    memcpy(number, at_, sizeof *number);
    Advance(sizeof *number);
    return true;
  }

  bool Text(std::string* text) {
    int32_t length = 0;
    if (!Number(&length) || length < 0 || static_cast<size_t>(length) > left_) return false;
    text->assign(at_, static_cast<size_t>(length));
    Advance(static_cast<size_t>(length));
    return true;
  }

 private:
  void Advance(size_t bytes) {
    at_ += bytes;
    left_ -= bytes;
  }

  const char* at_;
  size_t left_;
};

}  // namespace

size_t SerializedAclBytes(const struct ACL_vector& acl) {
  size_t size = 0;
  for (int32_t i = 0; i < acl.count; ++i) {
    size += sizeof(int32_t) + TextBytes(acl.data[i].id.scheme) + TextBytes(acl.data[i].id.id);
  }
  return size;
}

void SerializeAcl(const struct ACL_vector& acl, char* bytes) {
  for (int32_t i = 0; i < acl.count; ++i) {
    bytes = PutNumber(bytes, acl.data[i].perms);
    bytes = PutText(bytes, acl.data[i].id.scheme);
    bytes = PutText(bytes, acl.data[i].id.id);
  }
}

bool AclList::Parse(const char* bytes, size_t length) {
  Reader reader(bytes, length);
  std::vector<int32_t> permissions;
  while (!reader.AtEnd()) {
    int32_t perms = 0;
    std::string scheme;
    std::string id;
    if (!reader.Number(&perms) || !reader.Text(&scheme) || !reader.Text(&id)) return false;
    permissions.push_back(perms);
    strings_.push_back(std::move(scheme));
    strings_.push_back(std::move(id));
  }
  // Only now do the strings stay where they are.
  for (size_t i = 0; i < permissions.size(); ++i) {
    struct ACL entry {};
    entry.perms = permissions[i];
    entry.id.scheme = strings_[2 * i].data();
    entry.id.id = strings_[2 * i + 1].data();
    entries_.push_back(entry);
  }
  vector_.count = static_cast<int32_t>(entries_.size());
  vector_.data = entries_.data();
  return true;
}

}  // namespace libzookeeper
