// Ends in one of several ways, with a connection in one of several states:
//   process-end.mjs ADDRESS SCENARIO
// Prints what the test waits for. A line on standard input says that it may go on.
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { CreateFlag, connect, dial } from 'libzookeeper';

const [address, scenario] = process.argv.slice(2);

/** Says so, and waits for the test's answer. */
async function rendezvous(message) {
  console.log(message);
  await once(process.stdin, 'data');
  process.stdin.pause();
}

/** Starts so many operations of several kinds, and nobody waits for them. */
function flood(conn, count) {
  for (let i = 0; i < count; i += 1) {
    const operation = [
      () => conn.get('/'),
      () => conn.existsW(`/flood-${i}`),
      () => conn.create('/flood-', Buffer.alloc(100), { flags: CreateFlag.SEQUENCE }),
      () => conn.children('/'),
      () => conn.addAuth('digest', 'user:password'),
    ][i % 50 === 0 ? 4 : i % 4];
    operation().catch(() => {});
  }
}

const scenarios = {
  async closed() {
    const conn = await connect(address);
    await conn.get('/');
    await conn.close();
  },

  async closedWithWatches() {
    const conn = await connect(address);
    const { watch } = await conn.getW('/');
    const receiving = [watch.receive(), conn.session.receive()];
    await conn.close();
    await Promise.all(receiving);
  },

  async neverConnected() {
    await dial('127.0.0.1:1').close();
  },

  async couldNotConnect() {
    await connect('127.0.0.1:1', { connectTimeout: 50 }).catch(({ code }) => console.log(code));
  },

  async disposed() {
    const conn = await connect(address);
    await Promise.all([conn[Symbol.asyncDispose](), conn[Symbol.asyncDispose]()]);
  },

  async open() {
    await connect(address);
    console.log('connected');
  },

  async dialled() {
    dial('127.0.0.1:1');
    console.log('dialled');
  },

  async forgotten() {
    await connect(address);
    for (let i = 0; i < 10; i += 1) {
      global.gc();
      await new Promise(setImmediate);
    }
    console.log('collected');
  },

  async exitInFlight() {
    const conn = await connect(address);
    flood(conn, 1000);
    process.exit(7);
  },

  async exitWhileRepliesArrive() {
    const conn = await connect(address);
    flood(conn, 1000);
    await conn.get('/');
    process.exit(7);
  },

  async exitAfterDial() {
    const conn = dial(address);
    flood(conn, 1000);
    process.exit(7);
  },

  async exitWhileConnecting() {
    const conn = dial(address);
    flood(conn, 10);
    await conn.session.receive();
    process.exit(7);
  },

  async exitWhileClosing() {
    const conn = await connect(address);
    flood(conn, 1000);
    conn.close().catch(() => {});
    process.exit(7);
  },

  async exitLaterWhileClosing() {
    const conn = await connect(address);
    flood(conn, 1000);
    conn.close().catch(() => {});
    setImmediate(() => process.exit(7));
  },

  async exitFromListener() {
    const conn = dial(address);
    conn.on('session', () => process.exit(7));
    flood(conn, 1000);
  },

  async exitFromWatch() {
    const conn = await connect(address);
    const { watch } = await conn.existsW(`/${process.pid}`);
    flood(conn, 1000);
    conn.create(`/${process.pid}`).catch(() => {});
    await watch.receive();
    process.exit(7);
  },

  async exitWithMany() {
    const conns = await Promise.all(Array.from({ length: 10 }, () => connect(address)));
    for (const conn of conns) flood(conn, 200);
    process.exit(7);
  },

  async uncaught() {
    const conn = await connect(address);
    flood(conn, 1000);
    throw new Error('mine');
  },

  async unhandled() {
    const conn = await connect(address);
    await conn.get('/none');
  },

  /** Leaves a session with an ephemeral node behind. */
  async leaveSession() {
    const conn = await connect(address, { sessionTimeout: 20_000 });
    await conn.create('/ephemeral', 'data', { flags: CreateFlag.EPHEMERAL });
    console.log(conn.clientId.save().toString('hex'));
    process.exit(7);
  },

  async leaveBusySession() {
    const conn = await connect(address, { sessionTimeout: 20_000 });
    await conn.create('/ephemeral', 'data', { flags: CreateFlag.EPHEMERAL });
    flood(conn, 1000);
    console.log(conn.clientId.save().toString('hex'));
    process.exit(7);
  },

  /** Prints the descriptors that the connection holds, and those that a child finds. */
  async descriptors() {
    const before = new Set(readdirSync('/proc/self/fd'));
    const conn = await connect(address);
    await conn.get('/');
    const ours = readdirSync('/proc/self/fd').filter((fd) => !before.has(fd));
    const list =
      'console.log(JSON.stringify(fs.readdirSync("/proc/self/fd").map((fd) => { try { return fs.readlinkSync("/proc/self/fd/" + fd) } catch {} })))';
    const { stdout } = spawnSync(process.execPath, ['-e', list], { encoding: 'utf8' });
    const { readlinkSync } = await import('node:fs');
    const links = [];
    for (const fd of ours) {
      try {
        links.push(readlinkSync(`/proc/self/fd/${fd}`));
      } catch {
        // The listing's own.
      }
    }
    console.log(JSON.stringify({ ours: links, inherited: JSON.parse(stdout) }));
    await conn.close();
  },

  async frozenInFlight() {
    const conn = await connect(address, { sessionTimeout: 20_000 });
    await rendezvous('connected');
    flood(conn, 1000);
    setImmediate(() => process.exit(7));
  },

  async frozenManyInFlight() {
    const dialling = Array.from({ length: 5 }, () => connect(address, { sessionTimeout: 20_000 }));
    const conns = await Promise.all(dialling);
    await rendezvous('connected');
    for (const conn of conns) flood(conn, 100);
    setImmediate(() => process.exit(7));
  },

  async frozenConnecting() {
    await rendezvous('ready');
    const conn = dial(address, { sessionTimeout: 20_000 });
    flood(conn, 1000);
    await new Promise((resolve) => setTimeout(resolve, 100));
    process.exit(7);
  },

  async frozenClosing() {
    const conn = await connect(address, { sessionTimeout: 20_000 });
    await rendezvous('connected');
    flood(conn, 1000);
    conn.close().catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 100));
    process.exit(7);
  },

  async frozenClosed() {
    const conn = await connect(address, { sessionTimeout: 1000 });
    await rendezvous('connected');
    conn.get('/').catch(({ code }) => console.log(code));
    await conn.close();
    console.log('closed');
  },
};

await scenarios[scenario]();
