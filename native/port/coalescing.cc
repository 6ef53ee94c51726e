#include "coalescing.h"

#include <time.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include <algorithm>

namespace libzookeeper {
namespace port {

namespace {

constexpr int64_t kNsPerSecond = 1'000'000'000;

int64_t NowNs() {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<int64_t>(now.tv_sec) * kNsPerSecond + now.tv_nsec;
}

void Average(int64_t* average, int64_t measured) {
  *average = *average == 0 ? measured : (7 * *average + measured) / 8;
}

}  // namespace

bool Coalescing::Pause() {
  const int64_t in_flight = in_flight_.load(std::memory_order_relaxed);
  const int64_t replies = replies_.exchange(0, std::memory_order_relaxed);
  const int64_t now = NowNs();
  // What is measured across a lull says nothing.
  if (in_flight >= kFewest && since_ns_ != 0 && replies > 0) {
    Average(&per_reply_ns_, (now - since_ns_) / replies);
    Average(&per_reply_bytes_, bytes_ / replies);
  }
  since_ns_ = in_flight < kFewest ? 0 : now;
  bytes_ = 0;
  if (in_flight < kFewest) return false;
  const int64_t wanted =
      std::min(in_flight / kPart, kMostBytes / std::max<int64_t>(per_reply_bytes_, 1));
  const int64_t pause = std::min(per_reply_ns_ * wanted, kLongestNs);
  if (wanted < 2 || pause < kShortestNs) return false;
  const struct timespec duration {
    0, static_cast<long>(pause)
  };
  nanosleep(&duration, nullptr);
  return true;
}

void Coalescing::PrepareThread() {
#ifdef __linux__
  // By default the system may add 50 microseconds to a sleep, which is as long as most of these are.
  prctl(PR_SET_TIMERSLACK, 1000UL, 0UL, 0UL, 0UL);
#endif
}

}  // namespace port
}  // namespace libzookeeper
