// Makes gets, many at a time, and counts what each round of them costs:
//   costs.mjs ADDRESS DEPTH ROUNDS COUNTER
// COUNTER is the file that count-calls.c counts in. Sets watches, too, and looks at the memory that they keep. To be run with
// --expose-gc, and so large a nursery that no garbage is collected meanwhile. Prints the rounds, each with what one get took,
// and what a watch takes.
import { closeSync, openSync, readSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const [address, depth, rounds, counter] = process.argv.slice(2);
const OPERATIONS = 10_000;
const WATCHES = 20_000;

let batches = 0;

/** Has the addon's module, which the library finds in the cache, export an `open` that counts the calls into JavaScript. */
function countBatches() {
  const require = createRequire(import.meta.url);
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  const file = require('node-gyp-build').resolve(root);
  const addon = require(file);
  const open = (onBatch, ...settings) => {
    const counted = (...batch) => {
      batches += 1;
      onBatch(...batch);
    };
    return addon.open(counted, ...settings);
  };
  require.cache[file].exports = Object.create(addon, { open: { value: open } });
}

function systemCalls() {
  const number = new BigUint64Array(1);
  const file = openSync(counter);
  readSync(file, number);
  closeSync(file);
  return Number(number[0]);
}

countBatches();
const { connect } = await import('libzookeeper');
const conn = await connect(address, { sessionTimeout: 30_000 });

function round() {
  return new Promise((resolve, reject) => {
    let left = OPERATIONS;
    let answered = 0;
    const next = () => {
      left -= 1;
      conn.get('/costs/of-a-get').then(done, reject);
    };
    const done = () => {
      answered += 1;
      if (answered === OPERATIONS) resolve();
      else if (left > 0) next();
    };
    for (let slot = 0; slot < Number(depth); slot += 1) next();
  });
}

const counts = () => ({
  systemCalls: systemCalls(),
  batches,
  heapBytes: process.memoryUsage().heapUsed,
});

/** What was added between two counts, for each operation. */
const perOperation = (before, after) =>
  Object.fromEntries(
    Object.entries(after).map(([name, count]) => [name, (count - before[name]) / OPERATIONS]),
  );

// What runs for the first times is compiled meanwhile, and takes more memory than it does later.
for (let i = 0; i < 3; i += 1) await round();
const results = [];
for (let i = 0; i < Number(rounds); i += 1) {
  const before = counts();
  await round();
  results.push(perOperation(before, counts()));
}

/** What a round's requests leave in the heap, in bytes each, where only what is young is looked at for garbage. */
async function keptBytes() {
  global.gc();
  const before = process.memoryUsage().heapUsed;
  await round();
  for (let i = 0; i < 2; i += 1) global.gc({ type: 'minor' });
  return (process.memoryUsage().heapUsed - before) / OPERATIONS;
}

/** The heap without garbage. A minor collection makes a string of one that was put together, which a major one does not. */
function heapInUse() {
  global.gc({ type: 'minor' });
  global.gc();
  return process.memoryUsage().heapUsed;
}

/** JavaScript's part of the memory of a watch, in bytes. */
async function watchBytes() {
  const watch = (number) => conn.existsW(`/costs/watched-${String(number).padStart(7, '0')}`);
  const before = heapInUse();
  for (let first = 0; first < WATCHES; first += 1000) {
    await Promise.all(Array.from({ length: 1000 }, (_, index) => watch(first + index)));
  }
  return (heapInUse() - before) / WATCHES;
}

const kept = [];
for (let i = 0; i < Number(rounds); i += 1) kept.push(await keptBytes());
const bytes = await watchBytes();
await conn.close();
console.log(JSON.stringify({ rounds: results, keptBytes: Math.min(...kept), watchBytes: bytes }));
