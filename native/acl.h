/**
 * @file acl.h
 * Access control lists, between the C client's structures and the bytes that cross to and from TypeScript.
 *
 * An entry is an int32 of permissions, then scheme and id, each an int32 length and that many bytes of UTF-8: ZooKeeper's
 * own serialisation, but in the machine's byte order. A list is its entries, one after the other.
 */
#ifndef LIBZOOKEEPER_ACL_H
#define LIBZOOKEEPER_ACL_H

#include <stddef.h>
#include <zookeeper.h>

#include <string>
#include <vector>

#include "port/overwrite.h"

namespace libzookeeper {

/** How many bytes SerializeAcl() writes. */
size_t SerializedAclBytes(const struct ACL_vector& acl);

/** Writes a list that the C client gave. */
void SerializeAcl(const struct ACL_vector& acl, char* bytes);

/** A list that TypeScript gave, in the C client's shape for as long as this lives. */
class AclList {
 public:
  /** @return false when the bytes are not a whole list. */
  bool Parse(const char* bytes, size_t length);

  struct ACL_vector* vector() { return &vector_; }

  /** Where the ids are credentials: overwrites them. Of no use afterwards. */
  void Overwrite() {
    for (std::string& text : strings_) port::Overwrite(&text);
  }

  size_t size() const { return entries_.size(); }
  const std::string& scheme(size_t index) const { return strings_[2 * index]; }
  const std::string& id(size_t index) const { return strings_[2 * index + 1]; }

 private:
  std::vector<std::string> strings_;
  std::vector<struct ACL> entries_;
  struct ACL_vector vector_ {};
};

}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_ACL_H
