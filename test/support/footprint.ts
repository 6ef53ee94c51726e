import { readdirSync } from 'node:fs';
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

/** Waits until no more is held than before: threads and sockets that were told to end take a moment. */
export async function expectFootprint(before: Footprint): Promise<void> {
  await waitFor(
    () => {
      expect(footprint()).toEqual(before);
      return true;
    },
    { timeout: 3000, what: 'nothing is left running' },
  );
}

function entries(directory: string): number {
  try {
    return readdirSync(directory).length;
  } catch {
    return 0;
  }
}
