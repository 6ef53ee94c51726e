#include "coalescing.h"

#include <time.h>
#ifdef __linux__
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#endif

#include <algorithm>

namespace libzookeeper {
namespace port {

namespace {

constexpr int64_t kNsPerSecond = 1'000'000'000;

/** Fewer in flight are not worth a pause. */
constexpr int64_t kFewest = 16;

/** Where a reply takes longer than that, to be woken for each is no burden, and a pause might be a delay. */
constexpr int64_t kSlowestNs = 250'000;

/** What more than so many have in common costs each of them next to nothing. */
constexpr int64_t kMostReplies = 64;

/** How many pauses lie between two looks at what the network takes. */
constexpr unsigned kPausesPerLook = 64;

/** A pause that is shorter is not worth it. */
constexpr int64_t kShortestNs = 10'000;

#ifdef __linux__

/** The part of what waits at the server that a pause may gather. */
constexpr int64_t kPart = 4;

/** What a pause may gather: their number is small when replies are large. The system makes room for twice as much. */
constexpr int64_t kMostBytes = 1024 * 1024;

constexpr int64_t kLongestNs = 2'000'000;

/** How long the network takes to the server and back, in nanoseconds; 0 where that is not known. */
int64_t RoundTripNs(int descriptor) {
  // Of struct tcp_info, whose declaration in the C library may be older than the kernel: tcpi_min_rtt, in microseconds.
  constexpr size_t kOffset = 148;
  uint32_t microseconds = 0;
  char info[kOffset + sizeof microseconds];
  socklen_t length = sizeof info;
  const int rc = getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, info, &length);
  if (rc != 0 || length < sizeof info) return 0;
  memcpy(&microseconds, info + kOffset, sizeof microseconds);
  constexpr uint32_t kUnknown = ~0U;
  return microseconds == kUnknown ? 0 : int64_t{1000} * microseconds;
}

/** Sleeps until so many bytes are there; or the connection has ended, or it takes twice as long as it should. */
void Sleep(int descriptor, int64_t bytes, int64_t expected_ns) {
  int low_water_mark = static_cast<int>(bytes);
  setsockopt(descriptor, SOL_SOCKET, SO_RCVLOWAT, &low_water_mark, sizeof low_water_mark);
  struct pollfd socket = {descriptor, POLLIN, 0};
  const struct timespec limit {
    0, static_cast<long>(std::min(2 * expected_ns, kLongestNs))
  };
  ppoll(&socket, 1, &limit, nullptr);
  low_water_mark = 1;
  setsockopt(descriptor, SOL_SOCKET, SO_RCVLOWAT, &low_water_mark, sizeof low_water_mark);
}

#else

constexpr int64_t kPart = 16;

int64_t RoundTripNs(int) { return 0; }

/**
 * It must be far less than what the socket holds: once that is full the server waits for the end of the pause, a reply seems
 * to take as long as that, and the next pause is longer still.
 */
constexpr int64_t kMostBytes = 16 * 1024;

constexpr int64_t kLongestNs = 1'000'000;

void Sleep(int, int64_t, int64_t expected_ns) {
  const struct timespec duration {
    0, static_cast<long>(std::min(expected_ns, kLongestNs))
  };
  nanosleep(&duration, nullptr);
}

#endif

int64_t NowNs() {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<int64_t>(now.tv_sec) * kNsPerSecond + now.tv_nsec;
}

void Average(int64_t* average, int64_t measured) {
  *average = *average == 0 ? measured : (7 * *average + measured) / 8;
}

}  // namespace

bool Coalescing::Pause(int descriptor) {
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
  if (in_flight < kFewest || per_reply_bytes_ == 0) return false;
  if (per_reply_ns_ == 0 || per_reply_ns_ > kSlowestNs) return false;
  if (pauses_++ % kPausesPerLook == 0) round_trip_ns_ = RoundTripNs(descriptor);
  // What is on its way keeps nobody busy: what is not requested for it in time is missed later.
  const int64_t waiting = in_flight - round_trip_ns_ / per_reply_ns_;
  const int64_t wanted = std::min({waiting / kPart, kMostReplies, kMostBytes / per_reply_bytes_});
  const int64_t expected_ns = per_reply_ns_ * wanted;
  if (wanted < 2 || expected_ns < kShortestNs) return false;
  Sleep(descriptor, per_reply_bytes_ * wanted, expected_ns);
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
