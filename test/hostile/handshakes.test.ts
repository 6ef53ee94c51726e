import { connect, State } from 'libzookeeper';
import { describe, expect, it } from 'vitest';
import { open, openSoon } from '../support/connections.js';
import { reached } from '../support/session-states.js';
import { waitFor } from '../support/wait-for.js';
import { dataBody, frame, grant, int, replyFrame, WireStub } from '../support/wire-stub.js';

const CONNECT_TIMEOUT = 600;

/** What is refused of an answer, and what is said of it. */
const answers: readonly (readonly [name: string, answer: Buffer, complaint: RegExp])[] = [
  ['that is HTTP', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'), /no ZooKeeper server/],
  ['that is SSH', Buffer.from('SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n'), /no ZooKeeper server/],
  ['of no length', int(0), /no ZooKeeper server/],
  ['of a negative length', int(-1), /no ZooKeeper server/],
  ['of 2 GiB', int(2 ** 31 - 1), /no ZooKeeper server/],
  ['that is a byte short', frame(Buffer.alloc(35)), /no ZooKeeper server/],
  ['that is a byte long', frame(Buffer.alloc(38)), /no ZooKeeper server/],
  ['that is all zeros', frame(Buffer.alloc(37)), /no password/],
  ['that is noise', frame(Buffer.alloc(37, 0xa5)), /no password/],
  ['with a short password', grant({ passwordLength: 8 }), /no password/],
  ['with a password of a negative length', grant({ passwordLength: -1 }), /no password/],
  ['without a session', grant({ sessionId: 0n }), /no session/],
  ['with a timeout of 0', grant({ timeout: 0 }), /timeout/],
  ['with a negative timeout', grant({ timeout: -5 }), /timeout/],
  ['with a timeout of 1 ms', grant({ timeout: 1 }), /timeout/],
  ['with a timeout of 24 days', grant({ timeout: 2 ** 31 - 1 }), /timeout/],
  ['that is read-only unasked', grant({ readOnly: 1 }), /read-only/],
  ['that is neither read-only nor not', grant({ readOnly: 7 }), /read-only/],
];

describe('an answer to the handshake', () => {
  it.each(answers)(
    '%s is refused, with the reason, and not again and again',
    async (_name, answer, complaint) => {
      const server = await WireStub.start(() => {}, { handshake: () => answer });
      await expect(
        connect(server.address, { connectTimeout: CONNECT_TIMEOUT, sessionTimeout: 3000 }),
      ).rejects.toMatchObject({
        code: 'ZOPERATIONTIMEOUT',
        cause: { code: 'EPROTO', message: expect.stringMatching(complaint) },
      });
      expect(server.connections).toBeGreaterThan(0);
      expect(server.connections).toBeLessThan(12);
    },
  );

  it('is refused by a connection that others would do, which goes on with those', async () => {
    const http = await WireStub.start(() => {}, {
      handshake: () => Buffer.from('HTTP/1.1 200 OK'),
    });
    const server = await WireStub.start(({ xid }) =>
      server.send(replyFrame(xid, 0, dataBody('x'))),
    );
    const conn = await open(`${http.address},${server.address}`, { randomizeServers: false });
    expect((await conn.get('/a')).data.toString()).toBe('x');
  });

  it('may be refused a few times, and then granted', async () => {
    const server = await WireStub.start(() => {}, {
      handshake: (connection) => (connection <= 3 ? Buffer.from('HTTP/1.1 503') : grant()),
    });
    const conn = openSoon(server.address, { sessionTimeout: 3000 });
    await reached(conn, State.CONNECTED);
    expect(server.granted).toBe(4);
  });

  it('that says that the session expired may have a timeout of 0, as those of real servers', async () => {
    const server = await WireStub.start(() => {}, {
      handshake: (connection) =>
        connection === 1 ? grant() : grant({ sessionId: 0n, timeout: 0 }),
    });
    const conn = await open(server.address);
    server.hangUp();
    await reached(conn, State.EXPIRED_SESSION);
  });

  it('from before read-only servers, a byte shorter, is a good one', async () => {
    const short = frame(grant().subarray(4, 40));
    const server = await WireStub.start(
      ({ xid }) => server.send(replyFrame(xid, 0, dataBody('x'))),
      { handshake: () => short },
    );
    const conn = await open(server.address);
    expect((await conn.get('/a')).data.toString()).toBe('x');
  });

  it('that is read-only is a good one where that will do', async () => {
    const server = await WireStub.start(() => {}, { handshake: () => grant({ readOnly: 1 }) });
    const conn = await open(server.address, { readOnly: true });
    expect(conn.state).toBe(State.READONLY);
  });

  it('that never comes whole keeps nobody from closing', async () => {
    const server = await WireStub.start(() => {}, { handshake: () => grant().subarray(0, 20) });
    const conn = openSoon(server.address);
    await waitFor(() => server.granted > 0, { what: 'the server has answered in part' });
    await conn.close();
  });
});
