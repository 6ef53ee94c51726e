import { closeSync, openSync } from 'node:fs';
import { connect as connectPlain, type Socket } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import { connect, dial, EventType } from 'libzookeeper';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { Authority, type Certificate, LOOPBACK } from '../support/certificates.js';
import { newPath, open, openProxy } from '../support/connections.js';
import { blackHole } from '../support/listener.js';
import { patiently } from '../support/patience.js';
import { startTlsServer, type TlsServer } from '../support/tls-server.js';
import { waitFor } from '../support/wait-for.js';

const MIB = 1024 * 1024;

let authority: Authority;
let certificate: Certificate;
let server: TlsServer;
let tls: { ca: string };

beforeAll(async () => {
  authority = new Authority();
  certificate = authority.issue('localhost', { names: LOOPBACK });
  server = await startTlsServer(authority, certificate);
  tls = { ca: authority.path };
});

/** Ends TLS in front of the plaintext port: what comes back within 20 ms leaves as one record. */
async function gatheringProxy(): Promise<string> {
  const sockets = new Set<Socket | TLSSocket>();
  const proxy = createServer({ cert: certificate.cert, key: certificate.key }, (client) => {
    const upstream = connectPlain(server.port, '127.0.0.1');
    let held: Buffer[] = [];
    client.on('error', () => upstream.destroy()).on('data', (bytes) => upstream.write(bytes));
    upstream.on('error', () => client.destroy()).on('close', () => client.destroy());
    upstream.on('data', (bytes) => {
      if (held.push(bytes) > 1) return;
      setTimeout(() => {
        client.write(Buffer.concat(held));
        held = [];
      }, 20);
    });
    sockets.add(client).add(upstream);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => proxy.close(resolve));
  });
  const address = proxy.address();
  return `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
}

describe('over TLS', () => {
  it.each([1, 16 * 1024 - 1, 16 * 1024 + 1, MIB - 1000])(
    'data of %d bytes goes and comes back whole',
    async (length) => {
      const conn = await open(server.secureAddress, { tls });
      const bytes = Buffer.alloc(length, 'zookeeper');
      const path = newPath();
      await conn.create(path, bytes);
      const { data } = await conn.get(path);
      expect(data.equals(bytes)).toBe(true);
    },
  );

  it('replies that come in one record are all seen at once', async () => {
    // Were one left behind, it would be seen at the next ping, after ten seconds.
    const conn = await open(await gatheringProxy(), { tls, sessionTimeout: 30_000 });
    for (let round = 0; round < 20; round += 1) {
      const started = performance.now();
      await Promise.all(Array.from({ length: 2 + round * 10 }, () => conn.exists('/')));
      expect(performance.now() - started).toBeLessThan(2000);
    }
  });

  it(
    '100 000 pipelined operations are answered, in order',
    async () => {
      const conn = await open(server.secureAddress, { tls });
      const path = newPath();
      await conn.create(path, 'x'.repeat(100));
      let next = 0;
      const one = async (index: number): Promise<void> => {
        await conn.get(path);
        expect(index).toBe(next);
        next += 1;
      };
      await Promise.all(Array.from({ length: 100_000 }, (_, index) => one(index)));
      expect(next).toBe(100_000);
    },
    patiently(60_000),
  );

  it(
    'writes that are faster than the server are all made',
    async () => {
      const conn = await open(server.secureAddress, { tls });
      const path = newPath();
      await conn.create(path);
      const data = Buffer.alloc(50_000, 'x');
      await Promise.all(Array.from({ length: 200 }, () => conn.set(path, data)));
      expect((await conn.exists(path))?.version).toBe(200);
    },
    patiently(60_000),
  );

  it('a watch fires, also for a change that was made while there was no connection', async () => {
    const conn = await open(server.secureAddress, { tls });
    const path = newPath();
    const { watch } = await conn.existsW(path);
    await conn.create(path, 'a');
    expect((await watch.receive()).type).toBe(EventType.CREATED);

    const { watch: later } = await conn.getW(path);
    const { id } = conn.clientId;
    await server.stop();
    await server.start();
    const plain = await open(server.address);
    await plain.set(path, 'b');
    expect((await later.receive()).type).toBe(EventType.CHANGED);
    expect(conn.clientId.id).toBe(id);
  });

  it('credentials are presented', async () => {
    const auth = [{ scheme: 'digest', cert: 'user:password' }];
    const conn = await open(server.secureAddress, { tls, auth });
    await conn.addAuth('digest', 'other:password');
    expect(await conn.exists('/')).not.toBeNull();
  });

  it('setServers moves the connection, and what is in flight comes to an end', async () => {
    const proxy = await openProxy(server.secureAddress);
    const conn = await open(server.secureAddress, { tls });
    const { id } = conn.clientId;
    const answers = Array.from({ length: 200 }, () =>
      conn.exists('/').catch(({ code }: { code: string }) => code),
    );
    await conn.setServers(proxy.address);
    for (const answer of await Promise.all(answers)) {
      expect(typeof answer === 'object' || answer === 'ZCONNECTIONLOSS').toBe(true);
    }
    const again = (): Promise<unknown> => conn.exists('/');
    expect(await again().catch(again)).not.toBeNull();
    expect(conn.currentServer).toBe(proxy.address);
    expect(conn.clientId.id).toBe(id);
  });

  it('a connection is made by a process that has 2 000 descriptors open', async () => {
    const descriptors = Array.from({ length: 2000 }, () => openSync('/dev/null', 'r'));
    try {
      const conns = await Promise.all(
        Array.from({ length: 10 }, () => open(server.secureAddress, { tls })),
      );
      expect(await Promise.all(conns.map((conn) => conn.exists('/')))).not.toContain(null);
    } finally {
      for (const descriptor of descriptors) closeSync(descriptor);
    }
  });
});

describe('a server that does not answer the handshake', () => {
  it('does not keep a close waiting', async () => {
    const silent = await blackHole();
    const conn = dial(silent.address, { tls, sessionTimeout: 60_000 });
    await waitFor(() => silent.accepted > 0, { what: 'the handshake has begun' });
    const started = performance.now();
    await conn.close();
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it('does not keep connect from the next one for long', async () => {
    const silent = await blackHole();
    const started = performance.now();
    const conn = await connect([silent.address, server.secureAddress], {
      tls,
      sessionTimeout: 6000,
      randomizeServers: false,
    });
    expect(silent.accepted).toBe(1);
    expect(performance.now() - started).toBeLessThan(4000);
    await conn.close();
  });
});
