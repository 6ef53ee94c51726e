/**
 * @file chance.h
 * Chance, where nobody's secret depends on it.
 */
#ifndef LIBZOOKEEPER_PORT_CHANCE_H
#define LIBZOOKEEPER_PORT_CHANCE_H

#include <stdint.h>
#include <time.h>

#include <atomic>
#include <random>

namespace libzookeeper {
namespace port {

/**
 * A generator that begins somewhere else each time. Not by std::random_device: where that opens a file, it throws when the
 * process has no descriptor left, which would be the end of it.
 */
inline std::minstd_rand NewGenerator() {
  static std::atomic<uint32_t> generators{0};
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  const auto where = static_cast<uint32_t>(reinterpret_cast<uintptr_t>(&now) >> 4);
  std::seed_seq seed{static_cast<uint32_t>(now.tv_nsec), static_cast<uint32_t>(now.tv_sec), where,
                     generators.fetch_add(1, std::memory_order_relaxed)};
  return std::minstd_rand(seed);
}

}  // namespace port
}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_PORT_CHANCE_H
