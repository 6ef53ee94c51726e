#include "log.h"

#include <zookeeper.h>

#include <atomic>

#include "handle.h"

namespace libzookeeper {

namespace {
std::atomic<bool> quieted{false};
}  // namespace

void QuietLog() {
  // A second environment, a worker's, must not undo what the first one asked for.
  if (!quieted.exchange(true)) SetLogLevel(0);
}

void SetLogLevel(int level) { zoo_set_debug_level(static_cast<ZooLogLevel>(level)); }

void OnLogLine(const char* line) {
  if (Handle* handle = Handle::Current()) handle->inbox().AppendLog(line);
}

}  // namespace libzookeeper
