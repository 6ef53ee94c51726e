import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { countPendingWatches } from 'libzookeeper';

/** What the process has, at rest: no connection is open. */
export interface Sample {
  /** Since the beginning. */
  readonly seconds: number;
  /** What it takes of the machine's memory, in MiB. */
  readonly residentMiB: number;
  /** V8's heap in use, in MiB. */
  readonly heapMiB: number;
  /** Memory of buffers, in MiB. */
  readonly externalMiB: number;
  /** But for those of sockets in JavaScript, by which faults are made: Node.js loses one where a reset fails. */
  readonly descriptors: number;
  readonly threads: number;
  /** As {@link countPendingWatches} has them. */
  readonly watches: number;
}

export type Quantity = Exclude<keyof Sample, 'seconds'>;

const MiB = 1024 * 1024;

function rounded(bytes: number): number {
  return Math.round((10 * bytes) / MiB) / 10;
}

const socketsInJavaScript = (): number =>
  process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;

/** Takes a sample, once garbage is collected. Needs `--expose-gc`, and Linux. */
export async function takeSample(seconds: number): Promise<Sample> {
  // Finalizers free native memory in a later turn of the event loop.
  for (let turn = 0; turn < 3; turn += 1) {
    globalThis.gc?.();
    await sleep(20);
  }
  const { rss, heapUsed, external } = process.memoryUsage();
  return {
    seconds: Math.round(seconds),
    residentMiB: rounded(rss),
    heapMiB: rounded(heapUsed),
    externalMiB: rounded(external),
    descriptors: readdirSync('/proc/self/fd').length - socketsInJavaScript(),
    threads: readdirSync('/proc/self/task').length,
    watches: countPendingWatches(),
  };
}
