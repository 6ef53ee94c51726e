// Starts worker threads and has them end in one of several ways:
//   worker-end.mjs ADDRESS HOW [SCENARIO COUNT]
// Fails when anything is amiss; prints what the test looks at.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { connect, countPendingWatches } from 'libzookeeper';
import { heldAtRest } from './held.mjs';

const [address, how, scenario, count] = process.argv.slice(2);

function start(name) {
  const workerData = { address, scenario: name };
  return new Worker(new URL('./worker.mjs', import.meta.url), { workerData });
}

async function rendezvous(message) {
  console.log(message);
  await once(process.stdin, 'data');
  process.stdin.pause();
}

/** Ends workers one after the other, each a little later in its life than the one before. */
async function terminateEach() {
  const round = async (number) => {
    const worker = start(scenario);
    await once(worker, 'message');
    if (number % 3 === 1) await new Promise(setImmediate);
    if (number % 3 === 2) await sleep(number % 7);
    await worker.terminate();
  };
  // What the first ones bring to stay, such as the threads of libuv's pool, is no leak.
  for (let number = 0; number < 3; number += 1) await round(number);
  const before = await heldAtRest();
  for (let number = 0; number < Number(count); number += 1) await round(number);
  assert.deepEqual(await heldAtRest(), before);
}

const ways = {
  terminateEach,

  /** With the server frozen in between by the test: all at once. */
  async terminateFrozen() {
    const workers = Array.from({ length: Number(count) }, () => start(scenario));
    await Promise.all(workers.map((worker) => once(worker, 'message')));
    await rendezvous('connected');
    const ready = Promise.all(workers.map((worker) => once(worker, 'message')));
    for (const worker of workers) worker.postMessage('go');
    await ready;
    const since = performance.now();
    await Promise.all(workers.map((worker) => worker.terminate()));
    console.log(Math.round(performance.now() - since));
  },

  async endsItself() {
    for (let number = 0; number < Number(count); number += 1) {
      const worker = start(scenario);
      let error;
      worker.on('error', (caught) => {
        error = caught;
      });
      const code = await new Promise((resolve) => worker.on('exit', resolve));
      if (scenario === 'throws') assert.equal(error?.message, 'mine');
      else assert.equal(error, undefined);
      assert.equal(code, { closed: 0, exit: 7, throws: 1 }[scenario]);
    }
  },

  /** Several at once, with the main thread connected, too. */
  async together() {
    const conn = await connect(address);
    const workers = Array.from({ length: 4 }, () => start('closed'));
    const working = workers.map((worker) => once(worker, 'exit'));
    const pending = countPendingWatches();
    for (let i = 0; i < 100; i += 1) await conn.set('/', String(i));
    for (const [code] of await Promise.all(working)) assert.equal(code, 0);
    assert.equal(countPendingWatches(), pending);
    assert.equal((await conn.get('/', { encoding: 'utf8' })).data, '99');
    await conn.close();
  },

  /** A worker with an open connection stays, and goes when it is closed. */
  async staysOpen() {
    const worker = start('open');
    const exited = once(worker, 'exit');
    await once(worker, 'message');
    assert.equal(await Promise.race([exited, sleep(500, 'stays')]), 'stays');
    worker.postMessage('close');
    assert.deepEqual(await exited, [0]);
  },

  /** Leaves a worker's session behind. */
  async leaveSession() {
    const worker = start('open');
    const [{ path, clientId }] = await once(worker, 'message');
    await worker.terminate();
    console.log(JSON.stringify({ path, clientId: Buffer.from(clientId).toString('hex') }));
  },

  /** The main thread ends the process, with workers in the middle of everything. */
  async exitWithWorkers() {
    const names = ['inFlight', 'idle', 'connecting', 'closing'];
    const workers = names.map(start);
    await Promise.all(workers.map((worker) => once(worker, 'message')));
    const conn = await connect(address);
    conn.get('/').catch(() => {});
    process.exit(7);
  },
};

await ways[how]();
console.log('done');
