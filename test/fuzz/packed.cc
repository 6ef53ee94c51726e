/**
 * @file packed.cc
 * A fuzz target: what TypeScript packs, taken apart. The ops of a transaction, and ACLs.
 */
#include <stdint.h>
#include <stdlib.h>

#include <string>

#include "acl.h"
#include "multi.h"

using namespace libzookeeper;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t length) {
  const auto* packed = reinterpret_cast<const char*>(bytes);
  AclList acl;
  // What is taken is given back the same.
  if (acl.Parse(packed, length)) {
    std::string again(SerializedAclBytes(*acl.vector()), '\0');
    SerializeAcl(*acl.vector(), again.data());
    const bool has_nul = std::string(packed, length).find('\0') != std::string::npos;
    if (again.size() > length ||
        (again.size() == length && !has_nul && again != std::string(packed, length))) {
      abort();
    }
  }
  MultiOps ops;
  if (ops.Parse(packed, length)) {
    if (ops.count() < 1) abort();
    const auto results = ops.TakeResults();
    if (results->count() != ops.count()) abort();
    std::string said(results->SerializedBytes(0), '\0');
    results->Serialize(0, said.data());
  }
  return 0;
}
