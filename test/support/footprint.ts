import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { countPendingWatches } from 'libzookeeper';
import { expect } from 'vitest';
import { waitFor } from './wait-for.js';

/** What of this process connections hold. */
export interface Footprint {
  readonly pendingWatches: number;
  readonly threads: number;
  readonly descriptors: number;
}

/** What is held now. Where there is no /proc, threads and descriptors are not counted. */
export function footprint(): Footprint {
  return {
    pendingWatches: countPendingWatches(),
    threads: entries('/proc/self/task'),
    descriptors: entries('/proc/self/fd'),
  };
}

/** What is held once what was told to end before has ended: threads and sockets take a moment. */
export async function restingFootprint(): Promise<Footprint> {
  for (let last = footprint(); ; ) {
    await sleep(30);
    const now = footprint();
    if (JSON.stringify(now) === JSON.stringify(last)) return now;
    last = now;
  }
}

/** Waits until no more is held than before. */
export async function expectFootprint(before: Footprint): Promise<void> {
  const isNoMore = (): boolean => {
    const now = footprint();
    expect(now.pendingWatches).toBe(before.pendingWatches);
    expect(now.threads, 'threads').toBeLessThanOrEqual(before.threads);
    expect(now.descriptors, 'descriptors').toBeLessThanOrEqual(before.descriptors);
    return true;
  };
  await waitFor(isNoMore, { timeout: 3000, what: 'nothing is left running' });
}

function entries(directory: string): number {
  try {
    return readdirSync(directory).length;
  } catch {
    return 0;
  }
}
