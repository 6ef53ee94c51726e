#include "acl.h"

#include "packed.h"

namespace libzookeeper {

namespace {

/** @return false when the bytes do not go on with a text */
bool ReadText(PackedReader* reader, std::string* text) {
  const char* bytes = nullptr;
  int32_t length = 0;
  if (!reader->Bytes(&bytes, &length) || bytes == nullptr) return false;
  text->assign(bytes, static_cast<size_t>(length));
  return true;
}

}  // namespace

size_t SerializedAclBytes(const struct ACL_vector& acl) {
  size_t size = 0;
  for (int32_t i = 0; i < acl.count; ++i) {
    size += sizeof(int32_t) + PackedTextBytes(acl.data[i].id.scheme) +
            PackedTextBytes(acl.data[i].id.id);
  }
  return size;
}

void SerializeAcl(const struct ACL_vector& acl, char* bytes) {
  for (int32_t i = 0; i < acl.count; ++i) {
    bytes = PackNumber(bytes, acl.data[i].perms);
    bytes = PackText(bytes, acl.data[i].id.scheme);
    bytes = PackText(bytes, acl.data[i].id.id);
  }
}

bool AclList::Parse(const char* bytes, size_t length) {
  PackedReader reader(bytes, length);
  std::vector<int32_t> permissions;
  while (!reader.AtEnd()) {
    int32_t perms = 0;
    std::string scheme;
    std::string id;
    if (!reader.Number(&perms) || !ReadText(&reader, &scheme) || !ReadText(&reader, &id))
      return false;
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
