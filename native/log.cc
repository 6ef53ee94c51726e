#include "log.h"

#include <time.h>
#include <zookeeper.h>

#include "handle.h"

namespace libzookeeper {

void SetLogLevel(int level) { zoo_set_debug_level(static_cast<ZooLogLevel>(level)); }

void OnLogLine(const char* line) {
  Handle* handle = Handle::Current();
  if (handle == nullptr) return;
  // The line begins with the same, but in local time, of which one hour a year comes twice.
  struct timespec now {};
  clock_gettime(CLOCK_REALTIME, &now);
  handle->inbox().AppendLog(line,
                            static_cast<int64_t>(now.tv_sec) * 1000 + now.tv_nsec / 1'000'000);
}

}  // namespace libzookeeper
