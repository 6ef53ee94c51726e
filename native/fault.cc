#include "port/fault.h"

#include <string.h>

#include "handle.h"
#include "packed.h"
#include "record_layout.h"

namespace libzookeeper {
namespace port {

namespace {
/** What a library says may hold what a server said. */
constexpr size_t kLongestReason = 1024;
}  // namespace

void Report(Handle* handle, const Fault& fault) {
  // The rest is short; so is this, that the texts lie in the record.
  const std::string reason = fault.reason.substr(0, kLongestReason);
  const std::string texts = fault.server + fault.name + reason;
  handle->inbox().Append(
      record::kFault, record::kFaultBytes, texts.size(),
      [&](char* bytes, int32_t) {
        Put<int32_t>(bytes, record::kFaultKind, fault.kind);
        Put<int32_t>(bytes, record::kFaultNumber, fault.number);
        Put<int32_t>(bytes, record::kFaultAddresses, fault.addresses);
        Put<uint32_t>(bytes, record::kFaultServerLength,
                      static_cast<uint32_t>(fault.server.size()));
        Put<uint32_t>(bytes, record::kFaultNameLength, static_cast<uint32_t>(fault.name.size()));
        Put<uint32_t>(bytes, record::kFaultReasonLength, static_cast<uint32_t>(reason.size()));
      },
      [&](char* bytes) { memcpy(bytes, texts.data(), texts.size()); });
}

}  // namespace port
}  // namespace libzookeeper
