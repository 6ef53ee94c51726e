let pending = 0;

/** Counts one more: a connection's session channel, or a watch. */
export function addPendingWatch(): void {
  pending += 1;
}

/** Counts one less. */
export function removePendingWatch(): void {
  pending -= 1;
}

/**
 * How many channels wait for events: one for each open connection, for its session, and one for each watch that has neither
 * fired nor ended, over all connections of this thread. Mostly of use in tests, and for finding leaks. gozk's
 * `CountPendingWatches`.
 *
 * @example
 * ```ts
 * const before = countPendingWatches();
 * const { watch } = await conn.getW('/a');
 * countPendingWatches() - before; // 1
 * ```
 */
export function countPendingWatches(): number {
  return pending;
}
