// Writes numbers into nodes, from 1 on, many at a time, as fast as it goes, and notes in shared memory which was asked for last
// and which was answered last: two 32-bit numbers a node; says so when the first were. A worker thread of ends.mjs.
import { parentPort, workerData } from 'node:worker_threads';
import { connect } from 'libzookeeper';

const { address, paths, ledger } = workerData;
const numbers = new Int32Array(ledger);
const DEPTH = 16;

async function write(path, index) {
  const conn = await connect(address, { sessionTimeout: 4000 });
  // Something of everything that a connection may hold when it ends.
  await conn.getW(path);
  await conn.childrenW('/');
  for (let next = 1; ; ) {
    const calls = [];
    for (let i = 0; i < DEPTH; i += 1, next += 1) {
      const number = next;
      Atomics.store(numbers, 2 * index, number);
      const call = conn.set(path, String(number));
      calls.push(call.then(() => Atomics.store(numbers, 2 * index + 1, number)));
    }
    await Promise.all([...calls, conn.get(path)]);
    if (next === 1 + DEPTH) parentPort.postMessage('writing');
  }
}

// Not awaited: V8 aborts where a thread is terminated while it evaluates a module that awaits (a check in ExecuteAsyncModule).
void Promise.all(paths.map(write));
