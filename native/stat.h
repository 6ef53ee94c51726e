/**
 * @file stat.h
 * A node's stat, in the bytes that cross to TypeScript.
 */
#ifndef LIBZOOKEEPER_STAT_H
#define LIBZOOKEEPER_STAT_H

#include <stdint.h>
#include <string.h>
#include <zookeeper.h>

#include "record_layout.h"

namespace libzookeeper {

/** Writes the kStatBytes of a stat, at any alignment. */
inline void PackStat(char* bytes, const struct Stat& stat) {
  const int64_t large[] = {stat.czxid, stat.mzxid,          stat.ctime,
                           stat.mtime, stat.ephemeralOwner, stat.pzxid};
  const int32_t small[] = {stat.version,    stat.cversion,    stat.aversion,
                           stat.dataLength, stat.numChildren, 0};
  static_assert(sizeof large == record::kStatNumbers, "the small ones come behind them");
  static_assert(sizeof large + sizeof small == record::kStatBytes, "they are all of it");
  memcpy(bytes, large, sizeof large);
  memcpy(bytes + sizeof large, small, sizeof small);
}

}  // namespace libzookeeper

#endif  // LIBZOOKEEPER_STAT_H
