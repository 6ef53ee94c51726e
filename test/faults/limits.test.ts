import { type Conn, EventType, op, State, type ZooKeeperError } from 'libzookeeper';
import { beforeAll, describe, expect, it } from 'vitest';
import { newPath, open, openThroughProxy } from '../support/connections.js';
import { codeOf } from '../support/operations.js';
import { startServer } from '../support/server.js';
import { reached, recordStates } from '../support/session-states.js';

const KiB = 1024;
/** The most that a request may have: what is larger the server does not read, and hangs up. */
const LIMIT = 256 * KiB;

let address: string;
beforeAll(async () => {
  address = (await startServer({ jvmProperties: { 'jute.maxbuffer': LIMIT } })).address;
});

const failureOf = (call: Promise<unknown>): Promise<ZooKeeperError> =>
  call.then(
    () => expect.fail('it was let pass'),
    (error: ZooKeeperError) => error,
  );

/** The largest data that a set of this path may have: header, path, length and version go with it. */
const largestFor = (path: string): number => LIMIT - 8 - 4 - path.length - 4 - 4;

describe('a request that is larger than the server reads', () => {
  it('is one byte above the largest that is carried out', async () => {
    const conn = await open(address);
    const path = await conn.create(newPath());
    const largest = Buffer.alloc(largestFor(path), 'a');
    expect((await conn.set(path, largest)).dataLength).toBe(largest.length);
    const error = await failureOf(conn.set(path, Buffer.alloc(largest.length + 1, 'b')));
    expect(error).toMatchObject({ code: 'ZCONNECTIONLOSS', outcomeUnknown: true, terminal: false });
    await reached(conn, State.CONNECTED);
    expect((await conn.get(path)).data.equals(largest)).toBe(true);
  });

  it.each<[string, (conn: Conn, path: string) => Promise<unknown>]>([
    ['create', (conn, path) => conn.create(`${path}/child`, Buffer.alloc(LIMIT))],
    ['set', (conn, path) => conn.set(path, Buffer.alloc(LIMIT))],
    ['multi', (conn, path) => conn.multi([op.set(path, Buffer.alloc(LIMIT)), op.check(path, 0)])],
    ['retryChange', (conn, path) => conn.retryChange(path, () => Buffer.alloc(LIMIT))],
  ])('costs the connection once, and is not made again: %s', async (_name, call) => {
    const { conn, proxy } = await openThroughProxy(address);
    const path = await conn.create(newPath(), 'before');
    const { watch } = await conn.getW(path);
    const states = recordStates(conn);
    const sent = proxy.bytesOut;
    expect(await codeOf(call(conn, path))).toBe('ZCONNECTIONLOSS');
    await reached(conn, State.CONNECTED);
    expect((await conn.get(path, { encoding: 'utf8' })).data).toBe('before');
    expect((await conn.children(path)).children).toEqual([]);
    expect(states).toEqual([State.CONNECTING, State.CONNECTED]);
    expect(proxy.accepted).toBe(2);
    // Some of it, and only once.
    expect(proxy.bytesOut - sent).toBeLessThan(1.5 * LIMIT);
    // What was there before goes on.
    await conn.set(path, 'after');
    expect(await watch.receive()).toMatchObject({ type: EventType.CHANGED, path });
  });

  it('takes along what is behind it, and nothing of what is ahead', async () => {
    const { proxy, conn } = await openThroughProxy(address);
    const path = await conn.create(newPath());
    // Were the server to hang up before all are made, the last would go by the next connection.
    proxy.holdOutgoing();
    const call = (index: number) => codeOf(conn.create(`${path}/${index}`));
    const ahead = Array.from({ length: 50 }, (_, index) => call(index));
    const tooLarge = codeOf(conn.set(path, Buffer.alloc(LIMIT)));
    const behind = Array.from({ length: 50 }, (_, index) => call(100 + index));
    proxy.releaseOutgoing();
    expect(await tooLarge).toBe('ZCONNECTIONLOSS');
    expect(new Set(await Promise.all(behind))).toEqual(new Set(['ZCONNECTIONLOSS']));
    // The server may hang up before it has answered all that it carried out.
    const codes = await Promise.all(ahead);
    const firstLost = codes.indexOf('ZCONNECTIONLOSS');
    const answered = firstLost === -1 ? codes.length : firstLost;
    expect(codes.slice(0, answered).every((code) => code === 'fulfilled')).toBe(true);
    await reached(conn, State.CONNECTED);
    const { children } = await conn.children(path);
    const numbers = children.map(Number).sort((one, other) => one - other);
    // In order, without a gap, and none of those behind.
    expect(numbers).toEqual(numbers.map((_, index) => index));
    expect(numbers.length).toBeGreaterThanOrEqual(answered);
    expect(numbers.length).toBeLessThanOrEqual(50);
  });
});

describe('where replies are larger than any request may be', () => {
  const NAMES = 3000;
  const names = Array.from({ length: NAMES }, (_, index) => `${'n'.repeat(150)}-${index}`);
  let parent: string;
  beforeAll(async () => {
    const conn = await open(address);
    parent = await conn.create('/large-reply');
    await Promise.all(names.map((name) => conn.create(`${parent}/${name}`)));
  });

  it('a list of children comes whole', async () => {
    const conn = await open(address);
    const { children } = await conn.children(parent);
    expect(names.join('').length).toBeGreaterThan(LIMIT);
    expect(children.sort()).toEqual([...names].sort());
  });

  it('one above maxFrame fails, and says so; the session and other calls go on', async () => {
    const conn = await open(address, { maxFrame: LIMIT });
    const session = conn.clientId.id;
    const error = await failureOf(conn.children(parent));
    expect(error).toMatchObject({ code: 'ZCONNECTIONLOSS', cause: { code: 'EMSGSIZE' } });
    await reached(conn, State.CONNECTED);
    expect((await conn.exists(parent))?.numChildren).toBe(NAMES);
    expect(conn.clientId.id).toBe(session);
  });
});

describe('watches whose paths are more than one request may have', () => {
  it('survive a reconnection, and fire for what happened meanwhile', async () => {
    const { conn, proxy } = await openThroughProxy(address);
    const other = await open(address);
    const parent = newPath();
    await conn.create(parent);
    const paths = Array.from({ length: 4000 }, (_, i) => `${parent}/${'w'.repeat(200)}-${i}`);
    expect(paths.join('').length).toBeGreaterThan(2 * LIMIT);
    const watched = await Promise.all(paths.map((path) => conn.existsW(path)));
    proxy.refuse();
    proxy.cut();
    await reached(conn, State.CONNECTING);
    const seen = [0, 1999, 3999];
    for (const index of seen) await other.create(paths[index] as string);
    const states = recordStates(conn);
    await proxy.accept();
    for (const index of seen) {
      const event = await watched[index]?.watch.receive();
      expect(event).toMatchObject({ type: EventType.CREATED, path: paths[index] });
    }
    await other.create(paths[1] as string);
    expect(await watched[1]?.watch.receive()).toMatchObject({ type: EventType.CREATED });
    expect(states).toEqual([State.CONNECTED]);
  });
});
