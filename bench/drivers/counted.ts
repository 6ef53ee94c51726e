/**
 * `node counted.js name=value …`: makes as many operations as it is told, this package's, and says how often its thread was
 * woken for them, as a line of JSON. For the probes, which count rather than time.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseTask } from './task.js';

/** What of `lib/native.ts` is looked at. */
type OnBatch = (records: ArrayBuffer, blobs: unknown) => void;
interface Addon {
  open(onBatch: OnBatch, ...settings: unknown[]): number;
}

let batches = 0;
let batchBytes = 0;

/**
 * Counts the calls of native code into JavaScript: has the addon's module export an `open` that does. To be called before the
 * library is loaded, which finds it in the cache.
 */
function countBatches(): void {
  const require = createRequire(import.meta.url);
  const { resolve } = require('node-gyp-build') as { resolve(directory: string): string };
  const root = join(dirname(require.resolve('libzookeeper')), '..');
  const file = resolve(root);
  const addon = require(file) as Addon;
  const counted = (onBatch: OnBatch): OnBatch => {
    return (records, blobs) => {
      batches += 1;
      batchBytes += records.byteLength;
      onBatch(records, blobs);
    };
  };
  const open: Addon['open'] = (onBatch, ...settings) => addon.open(counted(onBatch), ...settings);
  const cached = require.cache[file] as NodeJS.Module;
  cached.exports = Object.create(addon, { open: { value: open } });
}

/** How often the event loop has turned; newer Node.js only. */
function turns(): number {
  const { uvMetricsInfo } = performance.nodeTiming as unknown as {
    readonly uvMetricsInfo?: { readonly loopCount: number };
  };
  return uvMetricsInfo?.loopCount ?? 0;
}

const { operation, address, path, depth, size, count } = parseTask(process.argv.slice(2));
countBatches();
const { Ours } = await import('./ours.js');
const client = new Ours();
await client.connect(address);
const data = Buffer.alloc(size, 'x');

/** Makes so many operations, of which so many are in flight. */
function make(operations: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let left = operations;
    let answered = 0;
    const slots = Math.min(depth, operations);
    for (let slot = 0; slot < slots; slot += 1) {
      const done = (): void => {
        answered += 1;
        if (answered === operations) resolve();
        if (left > 0) next();
      };
      const start = client.requester({ operation, path, data }, { done, fail: reject });
      if (typeof start === 'string') throw new Error(start);
      const next = (): void => {
        left -= 1;
        start();
      };
      next();
    }
  });
}

// What runs for the first time compiles, and fills caches.
await make(2 * depth);
const heapBefore = process.memoryUsage();
const batchesBefore = batches;
const bytesBefore = batchBytes;
const turnsBefore = turns();
const waitsBefore = process.resourceUsage().voluntaryContextSwitches;
await make(count);
const waits = process.resourceUsage().voluntaryContextSwitches - waitsBefore;
const heapAfter = process.memoryUsage();
console.log(
  JSON.stringify({
    event: 'result',
    operations: count,
    batchesPerOp: (batches - batchesBefore) / count,
    batchBytesPerOp: (batchBytes - bytesBefore) / count,
    turnsPerOp: (turns() - turnsBefore) / count,
    waitsPerOp: waits / count,
    heapBytesPerOp: (heapAfter.heapUsed - heapBefore.heapUsed) / count,
  }),
);
await client.close();
