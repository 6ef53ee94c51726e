/**
 * @file system.cc
 * POSIX's clocks and libraries, over Windows.
 */
#include "posix.h"

namespace {

constexpr int64_t kNsPerSecond = 1000000000;
/** A FILETIME counts them. */
constexpr int64_t kTicksPerSecond = 10000000;
constexpr int64_t kNsPerTick = kNsPerSecond / kTicksPerSecond;
/** From 1601 to 1970. */
constexpr int64_t kSecondsToEpoch = 11644473600;

struct timespec Monotonic() {
  LARGE_INTEGER frequency;
  LARGE_INTEGER count;
  QueryPerformanceFrequency(&frequency);
  QueryPerformanceCounter(&count);
  const int64_t rest = count.QuadPart % frequency.QuadPart;
  struct timespec now {};
  now.tv_sec = static_cast<time_t>(count.QuadPart / frequency.QuadPart);
  now.tv_nsec = static_cast<long>(rest * kNsPerSecond / frequency.QuadPart);
  return now;
}

struct timespec TimeOfDay() {
  FILETIME time;
  GetSystemTimePreciseAsFileTime(&time);
  const auto ticks =
      static_cast<int64_t>((static_cast<uint64_t>(time.dwHighDateTime) << 32) | time.dwLowDateTime);
  struct timespec now {};
  now.tv_sec = static_cast<time_t>(ticks / kTicksPerSecond - kSecondsToEpoch);
  now.tv_nsec = static_cast<long>(ticks % kTicksPerSecond * kNsPerTick);
  return now;
}

#ifndef CREATE_WAITABLE_TIMER_HIGH_RESOLUTION
#define CREATE_WAITABLE_TIMER_HIGH_RESOLUTION 0x00000002
#endif

/** A timer of half a millisecond's precision, of Windows 10 of 2018; an older one has none. Closed when its thread ends. */
class Timer {
 public:
  Timer()
      : handle_(CreateWaitableTimerExW(nullptr, nullptr, CREATE_WAITABLE_TIMER_HIGH_RESOLUTION,
                                       TIMER_ALL_ACCESS)) {}
  ~Timer() {
    if (handle_ != nullptr) CloseHandle(handle_);
  }
  Timer(const Timer&) = delete;
  Timer& operator=(const Timer&) = delete;

  void Sleep(int64_t ns) const {
    LARGE_INTEGER due;
    // Negative: from now.
    due.QuadPart = -(ns / kNsPerTick);
    if (handle_ != nullptr && SetWaitableTimer(handle_, &due, 0, nullptr, nullptr, FALSE))
      WaitForSingleObject(handle_, INFINITE);
  }

 private:
  const HANDLE handle_;
};

}  // namespace

extern "C" {

int libzookeeper_windows_clock_gettime(int clock, struct timespec* now) {
  *now = clock == CLOCK_MONOTONIC ? Monotonic() : TimeOfDay();
  return 0;
}

int libzookeeper_windows_gettimeofday(struct timeval* now, void*) {
  const struct timespec time = TimeOfDay();
  now->tv_sec = static_cast<long>(time.tv_sec);
  now->tv_usec = time.tv_nsec / 1000;
  return 0;
}

int libzookeeper_windows_nanosleep(const struct timespec* duration, struct timespec*) {
  static thread_local const Timer timer;
  timer.Sleep(static_cast<int64_t>(duration->tv_sec) * kNsPerSecond + duration->tv_nsec);
  return 0;
}

void* dlopen(const char* name, int) {
  return reinterpret_cast<void*>(LoadLibraryExA(name, nullptr, LOAD_LIBRARY_SEARCH_DEFAULT_DIRS));
}

void* dlsym(void* library, const char* name) {
  const auto module =
      library == RTLD_DEFAULT ? GetModuleHandleW(nullptr) : static_cast<HMODULE>(library);
  return reinterpret_cast<void*>(GetProcAddress(module, name));
}

}  // extern "C"
