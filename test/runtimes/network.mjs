/**
 * What a runtime, and the system that it runs on, have to be able to do when the network fails:
 * `network.mjs ADDRESS [CERTIFICATE KEY]`, in a project that has the package installed. Says what it did, a line each.
 * All that it listens on is on loopback.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, connect as openSocket } from 'node:net';
import { createServer as createTlsServer, rootCertificates } from 'node:tls';
import { Worker } from 'node:worker_threads';
import { CreateFlag, connect, dial, ErrorCode, isError, State } from 'libzookeeper';

const [address, certificate, key] = process.argv.slice(2);
const [host, port] = address.split(':');
const root = `/network-${process.pid}`;

/** Listens on a free port, and gives each connection to `welcome`. */
async function listener(welcome, create = createServer) {
  const sockets = new Set();
  const server = create((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    welcome(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${server.address().port}`,
    sockets,
    cut: () => {
      for (const socket of sockets) socket.destroy();
    },
    close() {
      this.cut();
      server.close();
    },
  };
}

/** Hands on what comes; while `held`, in neither direction. */
async function proxy(create) {
  const lanes = { held: false };
  const join = (from, to) => {
    from.on('data', (bytes) => lanes.held || to.write(bytes));
    from.on('close', () => to.destroy());
  };
  const outside = await listener((socket) => {
    const inside = openSocket(Number(port), host);
    inside.on('error', () => {});
    join(socket, inside);
    join(inside, socket);
  }, create);
  return Object.assign(outside, {
    hold: () => {
      lanes.held = true;
    },
  });
}

/** Reads session events up to one of that state. */
async function until(conn, state) {
  for (;;) if ((await conn.session.receive()).state === state) return;
}

/** A connection of whose session's events none is left to read. */
async function connected(...given) {
  const conn = await connect(...given);
  await until(conn, State.CONNECTED);
  return conn;
}

const checks = {
  async 'a connection that is cut comes back, with its session and its watches'() {
    const between = await proxy();
    const conn = await connected(between.address);
    await conn.create(root, 'a', { flags: CreateFlag.EPHEMERAL });
    const { watch } = await conn.getW(root);
    between.cut();
    await until(conn, State.CONNECTED);
    await conn.set(root, 'b');
    assert.equal((await watch.receive()).path, root);
    await conn.close();
    between.close();
  },

  async 'a server that says nothing is left for the next one, in time'() {
    const silent = await listener(() => {});
    for (const servers of [`${silent.address},${address}`, `${address},${silent.address}`]) {
      const conn = await connect(servers, { sessionTimeout: 6000 });
      assert.equal(conn.state, State.CONNECTED);
      await conn.close();
    }
    silent.close();
  },

  async 'what is asked for while nobody listens fails, and does not make it try more often'() {
    let attempts = 0;
    const refusing = await listener((socket) => {
      attempts += 1;
      socket.destroy();
    });
    const conn = dial(refusing.address, { sessionTimeout: 6000 });
    const end = Date.now() + 1000;
    let failed = 0;
    while (Date.now() < end) {
      await assert.rejects(conn.exists('/'), (error) => isError(error, ErrorCode.ZCONNECTIONLOSS));
      failed += 1;
    }
    assert.ok(failed > 0 && attempts < 40, `${failed} requests, ${attempts} attempts`);
    await conn.close();
    refusing.close();
  },

  async 'a close does not wait for a server that is frozen longer than the session lasts'() {
    const between = await proxy();
    const conn = await connect(between.address, { sessionTimeout: 4000 });
    between.hold();
    const lost = assert.rejects(conn.get('/'));
    const start = Date.now();
    await conn.close();
    await lost;
    assert.ok(Date.now() - start < 8000);
    between.close();
  },

  async 'other servers are moved to'() {
    const [one, other] = await Promise.all([proxy(), proxy()]);
    const conn = await connected(one.address);
    await conn.setServers(other.address);
    await until(conn, State.CONNECTED);
    assert.equal(other.sockets.size, 1);
    assert.ok(await conn.exists('/'));
    await conn.close();
    one.close();
    other.close();
  },

  async 'names are resolved; one that does not resolve is an error'() {
    const conn = await connect(`localhost:${port}`);
    await conn.close();
    assert.throws(() => dial('name.invalid:2181').close(), /name\.invalid/);
  },

  async 'many connections at a time'() {
    const conns = await Promise.all(Array.from({ length: 40 }, () => connect(address)));
    await Promise.all(conns.map((conn) => conn.exists('/')));
    await Promise.all(conns.map((conn) => conn.close()));
  },

  async 'a worker that is terminated with an open connection'() {
    const source = `const { parentPort } = require('node:worker_threads');
      import('libzookeeper').then(async ({ connect }) => {
        const conn = await connect(${JSON.stringify(address)});
        parentPort.postMessage('connected');
        for (;;) await conn.exists('/');
      });`;
    for (let turn = 0; turn < 3; turn += 1) {
      const worker = new Worker(source, { eval: true });
      await once(worker, 'message');
      await worker.terminate();
    }
    const conn = await connect(address);
    await conn.close();
  },

  async 'TLS: a certificate that is trusted, and one that is not'() {
    const options = { cert: readFileSync(certificate), key: readFileSync(key) };
    const between = await proxy((welcome) => createTlsServer(options, welcome));
    const ca = readFileSync(certificate, 'utf8');
    const conn = await connect(between.address, { tls: { ca } });
    const large = Buffer.alloc(600_000, 7);
    await conn.create(root, large);
    assert.deepEqual((await conn.get(root)).data, large);
    await conn.delete(root);
    await conn.close();
    const other = { ca: rootCertificates.join('\n') };
    await assert.rejects(connect(between.address, { tls: other }), (error) =>
      isError(error, ErrorCode.ZSSLCONNECTIONERROR),
    );
    between.close();
  },
};

const isNode = !(process.versions.bun ?? process.versions.deno);
const applies = (name) =>
  // Workers of other runtimes end in ways of their own; and they have no OpenSSL that an addon could use.
  (isNode || !/^(a worker|TLS)/.test(name)) &&
  (certificate !== undefined || !name.startsWith('TLS'));

for (const [name, check] of Object.entries(checks)) {
  if (!applies(name)) continue;
  await check();
  console.log(`ok ${name}`);
}
