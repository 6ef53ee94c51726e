import { type Conn, MultiError, op, State } from 'libzookeeper';
import { describe, expect, it } from 'vitest';
import { Connection } from '../../dist/connection.js';
import { checkDialOptions } from '../../dist/dial-options.js';
import { packOps } from '../../dist/multi.js';
import { addon } from '../../dist/native.js';
import { newPath, open, openProxy, openThroughProxy } from '../support/connections.js';
import { expireSession } from '../support/expire-session.js';
import { codeOf } from '../support/operations.js';
import { patiently } from '../support/patience.js';
import { isUnderSanitizer } from '../support/sanitizer.js';
import { startServer } from '../support/server.js';
import { waitFor } from '../support/wait-for.js';
import { replyFrame, WireStub } from '../support/wire-stub.js';

const server = await startServer();

const many = (count: number) => Array.from({ length: count }, (_, i) => op.create(`/lost-${i}`));

/** What a transaction rejects with. */
const errorOf = (multi: Promise<unknown>): Promise<unknown> =>
  multi.then(
    () => 'fulfilled',
    (error: unknown) => error,
  );

describe('a transaction whose answer never comes rejects, as a whole, and not with a MultiError', () => {
  async function expectLost(conn: Conn, lose: () => unknown): Promise<void> {
    const lost = Promise.all([1, 2, 500].map((count) => errorOf(conn.multi(many(count)))));
    await lose();
    for (const error of await lost) {
      expect(error).toMatchObject({ name: 'ZooKeeperError', code: 'ZCONNECTIONLOSS', op: 'multi' });
      expect(error).not.toBeInstanceOf(MultiError);
    }
  }

  it('when the connection is cut', async () => {
    const { conn, proxy } = await openThroughProxy(server.address);
    proxy.holdIncoming();
    await expectLost(conn, () => proxy.cut());
  });

  it('when the connection is closed, and the server is silent', async () => {
    const { conn, proxy } = await openThroughProxy(server.address, { sessionTimeout: 1000 });
    proxy.holdIncoming();
    await expectLost(conn, () => conn.close());
  });

  it('when it has more bytes than the server takes: jute.maxbuffer', async () => {
    const conn = await open(server.address);
    const large = conn.multi([op.create('/lost', Buffer.alloc(1_100_000)), op.check('/', -1)]);
    expect(await codeOf(large)).toBe('ZCONNECTIONLOSS');
    await waitFor(() => conn.state === State.CONNECTED);
    expect(await conn.multi([op.check('/', -1)])).toEqual([undefined]);
  });
});

describe('what the server says of a request, and not of an op, is no MultiError', () => {
  /** What a transaction of so many ops rejects with, when that is the answer. */
  async function answeredWith(errno: number, count: number): Promise<unknown> {
    const stub = await WireStub.start(({ xid }) => stub.send(replyFrame(xid, errno)));
    const conn = await open(stub.address);
    return await errorOf(conn.multi(many(count)));
  }

  it.each([
    ['ZSESSIONEXPIRED', -112],
    ['ZNOTREADONLY', -119],
    ['ZTHROTTLEDOP', -127],
    ['ZCONNECTIONLOSS', -4],
  ])('%s', async (code, errno) => {
    for (const count of [1, 3]) {
      const error = await answeredWith(errno, count);
      expect(error).toMatchObject({ code, name: 'ZooKeeperError', op: 'multi' });
      expect(error).not.toHaveProperty('path');
    }
  });

  it('but of a code that nobody knows, a single op is to blame', async () => {
    expect(await answeredWith(-999, 1)).toMatchObject({ name: 'MultiError', index: 0 });
    expect(await answeredWith(-999, 2)).toMatchObject({ name: 'ZooKeeperError', code: 'Z-999' });
  });
});

// Trap 6: zoo_amulti looks at the session's state for each op, and when it has ended frees memory twice, or such as it never
// allocated. The I/O thread may find out at any moment, so that no check beforehand would do.
describe('a session that ends just as a transaction is sent', () => {
  it.each(['', newPath()])(
    'costs the transaction, and nothing else; chroot %j',
    async (chroot) => {
      const proxy = await openProxy(server.address);
      let ended = () => {};
      const end = new Promise<void>((resolve) => {
        ended = resolve;
      });
      let connected = () => {};
      const start = new Promise<void>((resolve) => {
        connected = resolve;
      });
      // Beneath Conn, which would not even ask.
      const connection = new Connection(checkDialOptions(proxy.address + chroot, undefined), {
        onSession({ state }) {
          if (state === State.CONNECTED) connected();
          if (state === State.EXPIRED_SESSION) ended();
        },
        onOpenFailure() {},
        onFault() {},
      });
      connection.open(1000);
      await start;
      const { packed } = packOps(
        { op: 'multi' },
        [...many(500), op.set('/a', Buffer.alloc(10_000)), op.check('/a', 0), op.delete('/a')],
        false,
      );
      const send = async () =>
        (await connection.request((client, id) => addon.multi(client, id, packed))).rc;
      expect(await send()).not.toBe(0);
      await expireSession(proxy, connection.clientId);
      await end;
      for (let i = 0; i < 100; i += 1) expect(await send()).toBe(-112);
      const before = process.memoryUsage.rss();
      for (let i = 0; i < 2000; i += 1) await send();
      // What they had allocated would be 180 MB.
      if (!isUnderSanitizer)
        expect(process.memoryUsage.rss() - before).toBeLessThan(40 * 1024 * 1024);
      await connection.close();
    },
    patiently(30_000),
  );
});

describe('bytes that are no packed ops', () => {
  it('are refused by native code, whatever they are', async () => {
    const connection = new Connection(checkDialOptions(server.address, undefined), {
      onSession() {},
      onOpenFailure() {},
      onFault() {},
    });
    connection.open(1000);
    const code = async (bytes: Buffer) =>
      (await connection.request((client, id) => addon.multi(client, id, bytes))).rc;
    const acl = [{ perms: 31, scheme: 'digest', id: 'a:b' }];
    const { packed } = packOps({ op: 'multi' }, [op.create('/a/b', 'data', { acl })], false);
    for (let length = 0; length < packed.length; length += 1) {
      expect(await code(packed.subarray(0, length))).toBe(-8);
    }
    expect(await code(Buffer.concat([packed, packed.subarray(4)]))).toBe(-8);
    // A number of ops, a kind, flags, a length, a path and its NUL that make no sense, each in turn.
    for (const [offset, byte] of [
      [0, 0],
      [0, 2],
      [3, 127],
      [3, 255],
      [4, 9],
      [4, 15],
      [8, 4],
      [8, 5],
      [8, 6],
      [12, 200],
      [15, 255],
      [17, 0],
      [20, 1],
    ] as const) {
      const wrong = Buffer.from(packed);
      wrong[offset] = byte;
      expect(await code(wrong), `${offset}`).toBe(-8);
    }
    expect(await code(packed)).toBe(-101);
    await connection.close();
  });
});
