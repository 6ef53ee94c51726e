// Ends at a moment that the seed decides, or has its worker threads end:
//   ends.mjs ADDRESS HOW SEED MOST
// MOST: how long it works at the most, in ms; for worker threads how many rounds there are.
// Prints what the test looks at.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { CreateFlag, connect, countPendingWatches, dial } from 'libzookeeper';
import { heldAtRest, heldButFiles } from '../../lifecycle/children/held.mjs';

const [address, how, seed, most] = process.argv.slice(2);

/** Mulberry32, as test/support/random.ts has it. */
let state = Number(seed) | 0;
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
}
const below = (most) => Math.floor(random() * most);

/** Writes numbers from 1 on, and says of each that it was answered: at once, since the process may end at any time. */
async function count(conn, path) {
  for (let number = 1; ; number += 1) {
    const call = conn.set(path, String(number));
    conn.getW(path).catch(() => {});
    await call;
    writeSync(1, `${path} ${number}\n`);
  }
}

async function work(index) {
  const conn = dial(address, { sessionTimeout: 4000 });
  conn.on('error', () => {});
  conns.push(conn);
  const path = `/${seed}-${index}`;
  try {
    await conn.create(`${path}-ephemeral`, '', { flags: CreateFlag.EPHEMERAL });
    await conn.create(path, '0');
    await Promise.all([count(conn, path), count(conn, path)]);
  } catch (error) {
    // It was closed.
    assert.match(error.code, /^(ZCLOSING|ZCONNECTIONLOSS)$/);
  }
}

const conns = [];

const ways = {
  /** Four connections that work, until the process ends. */
  async exit() {
    for (let index = 0; index < 4; index += 1) void work(index);
    await sleep(below(most));
    process.exit(7);
  },

  /** The same, after it has said that it closes them. */
  async closeAndExit() {
    for (let index = 0; index < 4; index += 1) void work(index);
    await sleep(below(most));
    for (const conn of conns) conn.close().catch(() => {});
    await sleep(below(10));
    process.exit(7);
  },

  /** The same, and it ends by itself. */
  async close() {
    const working = [0, 1, 2, 3].map(work);
    await sleep(below(most));
    await Promise.all(conns.map((conn) => conn.close()));
    await Promise.all(working);
    process.exitCode = 7;
  },

  /** The same, by an error that nobody catches. */
  async error() {
    for (let index = 0; index < 4; index += 1) void work(index);
    await sleep(below(most));
    process.on('uncaughtException', () => process.exit(7));
    throw new Error('mine');
  },

  /**
   * Four worker threads with five connections each, which are terminated at any moment, again and again. What was answered is
   * there, and nothing that was never asked for; threads and descriptors are those of before.
   */
  async workers() {
    const conn = await connect(address);
    const pending = countPendingWatches();
    const round = async (number) => {
      const workers = [0, 1, 2, 3].map((worker) =>
        start(conn, `/${seed}-${number}-${worker}`, worker === 0),
      );
      const ended = await Promise.all(workers);
      for (const { paths, numbers } of ended) {
        for (const [index, path] of paths.entries()) {
          const { data } = await conn.get(path, { encoding: 'utf8' });
          const [asked, answered] = [numbers[2 * index], numbers[2 * index + 1]];
          assert.ok(
            answered <= Number(data) && Number(data) <= asked,
            `${answered} ${data} ${asked}`,
          );
          total += answered;
        }
      }
    };
    let total = 0;
    await round(0);
    const before = await heldAtRest(heldButFiles);
    for (let number = 1; number <= Number(most); number += 1) await round(number);
    assert.deepEqual(await heldAtRest(heldButFiles), before);
    assert.equal(countPendingWatches(), pending);
    await conn.close();
    console.log(total);
  },
};

/** Starts a worker thread, and terminates it at some moment; not before it writes, if it must be at work by then. */
async function start(conn, path, isAtWork) {
  const paths = [0, 1, 2, 3, 4].map((index) => `${path}-${index}`);
  for (const each of paths) await conn.create(each, '0');
  const ledger = new SharedArrayBuffer(8 * paths.length);
  const worker = new Worker(new URL('./writer.mjs', import.meta.url), {
    workerData: { address, paths, ledger },
  });
  await once(worker, isAtWork ? 'message' : 'online');
  await sleep(below(400));
  await worker.terminate();
  return { paths, numbers: new Int32Array(ledger) };
}

await ways[how]();
