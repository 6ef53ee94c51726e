import { createServer } from 'node:tls';
import { State } from 'libzookeeper';
import { expect, it, onTestFinished } from 'vitest';
import { Authority, type Certificate, LOOPBACK } from '../support/certificates.js';
import { openSoon } from '../support/connections.js';
import { blackHole } from '../support/listener.js';
import { startTlsServer } from '../support/tls-server.js';

/** Answers each handshake of a session as a server does that is read-only, and then says nothing. */
async function readOnlyServer({ cert, key }: Certificate): Promise<string> {
  const server = createServer({ cert, key }, (socket) => {
    socket.on('error', () => {});
    socket.once('data', () => {
      const answer = Buffer.alloc(4 + 37);
      answer.writeInt32BE(37, 0);
      answer.writeInt32BE(10_000, 8);
      answer.writeBigInt64BE(1n, 12);
      answer.writeInt32BE(16, 20);
      answer.writeInt8(1, 40);
      socket.write(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  const address = server.address();
  return `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
}

it('over TLS, too, a read-only connection looks for a server that takes writes, and goes there', async () => {
  const authority = new Authority();
  const certificate = authority.issue('localhost', { names: LOOPBACK });
  const writable = await startTlsServer(authority, certificate);
  const left = await readOnlyServer(certificate);
  const conn = openSoon([left, writable.secureAddress].join(','), {
    tls: { ca: authority.path },
    readOnly: true,
    randomizeServers: false,
  });
  expect((await conn.session.receive()).state).toBe(State.READONLY);
  const started = performance.now();
  while (conn.state !== State.CONNECTED) await conn.session.receive();
  // Long before it would give the silent server up, after two thirds of its timeout.
  expect(performance.now() - started).toBeLessThan(5000);
  expect(conn.currentServer).toBe(writable.secureAddress);
  await conn.create('/written', '');
});

it('and a server that does not answer the handshake does not keep it from asking the next one', async () => {
  const authority = new Authority();
  const certificate = authority.issue('localhost', { names: LOOPBACK });
  const writable = await startTlsServer(authority, certificate);
  const left = await readOnlyServer(certificate);
  const { address: silent } = await blackHole();
  const conn = openSoon([left, silent, writable.secureAddress].join(','), {
    tls: { ca: authority.path },
    readOnly: true,
    randomizeServers: false,
    // A connection's handshake may take two ninths of it: almost nine seconds.
    sessionTimeout: 40_000,
  });
  expect((await conn.session.receive()).state).toBe(State.READONLY);
  const started = performance.now();
  while (conn.state !== State.CONNECTED) await conn.session.receive();
  expect(performance.now() - started).toBeLessThan(5000);
  expect(conn.currentServer).toBe(writable.secureAddress);
});
