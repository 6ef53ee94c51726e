// Opens and closes connections, or makes operations, in great numbers, and looks at what is left:
//   footprint.mjs ADDRESS WHAT
// Needs --expose-gc. Prints what the test looks at: what was held before and after, and memory in bytes.
import { CreateFlag, connect, countPendingWatches, dial } from 'libzookeeper';
import { heldAtRest } from './held.mjs';

const [address, what] = process.argv.slice(2);

const rest = async () => ({ ...(await heldAtRest()), pendingWatches: countPendingWatches() });

/** Resident memory, and JavaScript's part of it, once everything that can be collected is. */
async function memory() {
  for (let i = 0; i < 3; i += 1) {
    global.gc();
    await new Promise(setImmediate);
  }
  const { rss, heapUsed: heap } = process.memoryUsage();
  return { rss, heap };
}

const all = (length, operation) =>
  Promise.all(Array.from({ length }, (_, index) => operation(index)));

/** Does `round` so many times to warm up, and three times a third of the rest, with a look at memory after each. */
async function measure(warmUp, times, round) {
  const run = async (number) => {
    for (let i = 0; i < number; i += 1) await round(i);
  };
  await run(warmUp);
  const readings = [await memory()];
  const before = await rest();
  for (let third = 0; third < 3; third += 1) {
    await run(times / 3);
    readings.push(await memory());
  }
  return { before, readings };
}

const kinds = {
  /** Connections that are used, and closed. */
  async connections() {
    return measure(50, 300, async (i) => {
      const conn = await connect(address);
      await conn.existsW(`/none-${i}`);
      await conn.get('/');
      await conn.close();
    });
  },

  /** Connections that never come about, and are closed. */
  async attempts() {
    return measure(20, 150, async () => {
      const conn = dial('127.0.0.1:1');
      const answer = conn.get('/').catch(() => {});
      await new Promise(setImmediate);
      await conn.close();
      await answer;
    });
  },

  /** Attempts that end in each of the ways in which one can fail. */
  async failures() {
    const failed = (attempt) =>
      attempt.then(
        () => Promise.reject(new Error('connected')),
        () => {},
      );
    return measure(5, 30, () =>
      all(5, () =>
        Promise.all([
          failed(connect('127.0.0.1:1', { connectTimeout: 5 })),
          failed(connect(address, { signal: AbortSignal.timeout(1), sessionTimeout: 1 })),
          // A name that no resolver asks anybody for.
          failed(connect('a..b:1', { connectTimeout: 5 })),
          failed(connect(address, { auth: [{ scheme: 'no-such-scheme', cert: 'x' }] })),
        ]),
      ),
    );
  },

  /** A hundred thousand operations of all kinds. */
  async operations() {
    const conn = await connect(address);
    const small = Buffer.alloc(200);
    const large = Buffer.alloc(20_000);
    const path = await conn.create('/operations-', small, { flags: CreateFlag.SEQUENCE });
    const round = async () => {
      await all(1000, () => conn.get(path));
      await all(500, () => conn.set(path, small));
      await all(200, () => conn.children('/'));
      await all(200, () => conn.acl(path));
      await all(1000, () => conn.exists(`${path}/none`));
      await all(500, () => conn.get(`${path}/none`).catch(() => {}));
      await all(100, async (index) => {
        await conn.create(`${path}/${index}`, large, { flags: CreateFlag.EPHEMERAL });
        await conn.get(`${path}/${index}`);
        await conn.delete(`${path}/${index}`);
      });
      const watched = await all(400, (index) => (index % 2 ? conn.getW(path) : conn.existsW(path)));
      await all(200, (index) => watched[index].watch.cancel());
      await conn.set(path, small);
      for (const { watch } of watched) await watch.receive();
      await all(200, () => conn.get(path, { signal: new AbortController().signal }));
      await conn.addAuth('digest', 'user:password');
      await conn.sync(path);
    };
    // 4303 operations a round.
    const result = await measure(8, 24, round);
    await conn.close();
    result.before.pendingWatches -= 1;
    // Its socket, its pipe's two ends; its I/O thread and its own, and where there are no buffers the completion thread.
    const threads = process.env.LIBZOOKEEPER_PORT === 'plain' ? 3 : 2;
    result.open = { descriptors: 3, threads };
    return result;
  },
};

const { before, readings, open = { descriptors: 0, threads: 0 } } = await kinds[what]();
before.descriptors -= open.descriptors;
before.threads -= open.threads;

console.log(JSON.stringify({ before, after: await rest(), readings }));
