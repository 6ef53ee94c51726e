// A worker thread with connections in one of several states. Tells its parent when it is there; what it is told then, it
// does: 'close' its connections.
import { parentPort, workerData } from 'node:worker_threads';
import { CreateFlag, connect, dial, op } from 'libzookeeper';

const { address, scenario } = workerData;
const options = { sessionTimeout: 20_000 };

function flood(conn, count) {
  for (let i = 0; i < count; i += 1) {
    const operation = [
      () => conn.get('/'),
      () => conn.existsW(`/flood-${i}`),
      () => conn.set('/', Buffer.alloc(20_000)),
      () => conn.multi([op.set('/', 'x'), op.create('/'), op.check('/', -1)]),
      () => conn.addAuth('digest', 'user:password'),
    ][i % 50 === 0 ? 4 : i % 4];
    operation().catch(() => {});
  }
}

const forEver = () => new Promise(() => {});

const scenarios = {
  /** Operations are made, and answered, all the time. */
  async inFlight() {
    const conn = await connect(address, options);
    flood(conn, 500);
    parentPort.postMessage('ready');
    for (;;) {
      flood(conn, 100);
      await conn.get('/').catch(() => {});
    }
  },

  async idle() {
    const conn = await connect(address, options);
    await conn.getW('/');
    parentPort.postMessage('ready');
    await forEver();
  },

  async connecting() {
    const conn = dial(address, options);
    flood(conn, 100);
    parentPort.postMessage('ready');
    await conn.session.receive();
    await forEver();
  },

  async closing() {
    const conn = await connect(address, options);
    flood(conn, 500);
    conn.close().catch(() => {});
    parentPort.postMessage('ready');
    await forEver();
  },

  /** A thread that ends itself, with all in flight. */
  async exit() {
    const conn = await connect(address, options);
    flood(conn, 500);
    parentPort.postMessage('ready');
    process.exit(7);
  },

  async throws() {
    const conn = await connect(address, options);
    flood(conn, 500);
    parentPort.postMessage('ready');
    throw new Error('mine');
  },

  /** Connects before the server freezes, and floods it when it has. */
  async frozen() {
    const conn = await connect(address, options);
    parentPort.postMessage('connected');
    parentPort.once('message', () => {
      flood(conn, 500);
      parentPort.postMessage('ready');
    });
  },

  async frozenClosing() {
    const conn = await connect(address, options);
    parentPort.postMessage('connected');
    parentPort.once('message', () => {
      flood(conn, 500);
      conn.close().catch(() => {});
      parentPort.postMessage('ready');
    });
  },

  async frozenConnecting() {
    parentPort.postMessage('connected');
    parentPort.once('message', () => {
      const conn = dial(address, options);
      flood(conn, 100);
      parentPort.postMessage('ready');
    });
  },

  /** Works, closes, and ends by itself. */
  async closed() {
    const conns = await Promise.all(Array.from({ length: 3 }, () => connect(address, options)));
    const path = await conns[0].create('/worker-', 'mine', {
      flags: CreateFlag.EPHEMERAL | CreateFlag.SEQUENCE,
    });
    for (const conn of conns) {
      await conn.sync(path);
      const { data } = await conn.get(path, { encoding: 'utf8' });
      if (data !== 'mine') throw new Error(`read ${data}`);
    }
    await Promise.all(conns.map((conn) => conn.close()));
    parentPort.postMessage('closed');
  },

  /** Stays until it is told to close. */
  async open() {
    const conn = await connect(address, options);
    const path = await conn.create('/worker-', '', {
      flags: CreateFlag.EPHEMERAL | CreateFlag.SEQUENCE,
    });
    parentPort.postMessage({ path, clientId: conn.clientId.save() });
    parentPort.on('message', async () => {
      await conn.close();
    });
    // The port is not what keeps the thread alive.
    parentPort.unref();
  },
};

await scenarios[scenario]();
