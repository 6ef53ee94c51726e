import { type Conn, connect, EventType, op, State } from 'libzookeeper';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { newPath, open, openThroughProxy } from '../support/connections.js';
import { startServer, type TestServer } from '../support/server.js';
import { reached } from '../support/session-states.js';
import type { TcpProxy } from '../support/tcp-proxy.js';
import { waitFor } from '../support/wait-for.js';

let server: TestServer;
/** Past the network that is held up. */
let direct: Conn;
beforeAll(async () => {
  server = await startServer();
  direct = await connect(server.address);
  return () => direct.close();
});

/** Longer than it takes a close that does not wait to end. */
const A_WHILE = 60;

const acl = [{ perms: 31, scheme: 'world', id: 'anyone' }];

/** How a promise stands. */
function watched<T>(promise: Promise<T>) {
  const watch = { promise, settled: false };
  const settle = (): void => {
    watch.settled = true;
  };
  promise.then(settle, settle);
  return watch;
}

/**
 * Makes a request whose answer the network holds up, and closes: both must wait. Lets the bytes
 * flow: both must end. Resolves to what became of the request.
 */
async function closeWhileHeld<T>(
  conn: Conn,
  proxy: TcpProxy,
  request: (conn: Conn) => Promise<T>,
): Promise<PromiseSettledResult<T>> {
  proxy.holdIncoming();
  const answer = watched(request(conn));
  const closing = watched(conn.close());
  await waitFor(() => proxy.pendingIncoming > 0, { what: 'the server has answered' });
  await new Promise((resolve) => setTimeout(resolve, A_WHILE));
  expect([answer.settled, closing.settled]).toEqual([false, false]);
  expect(conn.state).toBe(State.CONNECTED);

  proxy.releaseIncoming();
  const [result] = await Promise.allSettled([answer.promise, closing.promise]);
  await expect(closing.promise).resolves.toBeUndefined();
  expect(conn.state).toBe(State.CLOSED);
  return result;
}

/** The same, on a connection of its own, to a node with data `old` and one child `kid`. */
async function answerWhileClosing<T>(
  request: (conn: Conn, path: string) => Promise<T>,
): Promise<{ result: PromiseSettledResult<T>; path: string }> {
  const { conn, proxy } = await openThroughProxy(server.address);
  const path = newPath();
  await direct.create(path, 'old');
  await direct.create(`${path}/kid`);
  return { result: await closeWhileHeld(conn, proxy, (held) => request(held, path)), path };
}

const stat = expect.objectContaining({ version: 0, numChildren: 1, dataLength: 3 });
const closedWatch = (path: string, kind: string) =>
  expect.objectContaining({ path, kind, closed: true });

type Operation = readonly [
  op: string,
  request: (conn: Conn, path: string) => Promise<unknown>,
  answer: (path: string) => unknown,
];

const operations: readonly Operation[] = [
  ['get', (conn, path) => conn.get(path), () => ({ data: Buffer.from('old'), stat })],
  [
    'getW',
    (conn, path) => conn.getW(path),
    (path) => ({ data: Buffer.from('old'), stat, watch: closedWatch(path, 'data') }),
  ],
  ['children', (conn, path) => conn.children(path), () => ({ children: ['kid'], stat })],
  [
    'childrenW',
    (conn, path) => conn.childrenW(path),
    (path) => ({ children: ['kid'], stat, watch: closedWatch(path, 'children') }),
  ],
  ['exists', (conn, path) => conn.exists(path), () => stat],
  [
    'existsW',
    (conn, path) => conn.existsW(path),
    (path) => ({ stat, watch: closedWatch(path, 'exists') }),
  ],
  [
    'create',
    (conn, path) => conn.create(`${path}/a-`, 'x', { flags: 2 }),
    (path) => `${path}/a-0000000001`,
  ],
  [
    'createWithStat',
    (conn, path) => conn.createWithStat(`${path}/a`, 'xy'),
    (path) => ({ path: `${path}/a`, stat: expect.objectContaining({ dataLength: 2 }) }),
  ],
  [
    'set',
    (conn, path) => conn.set(path, 'newer'),
    () => expect.objectContaining({ version: 1, dataLength: 5 }),
  ],
  ['delete', (conn, path) => conn.delete(`${path}/kid`), () => undefined],
  ['acl', (conn, path) => conn.acl(path), () => ({ acl, stat })],
  [
    'setACL',
    (conn, path) => conn.setACL(path, [{ perms: 1, scheme: 'world', id: 'anyone' }]),
    () => undefined,
  ],
  ['addAuth', (conn) => conn.addAuth('digest', 'user:password'), () => undefined],
  [
    'multi',
    (conn, path) =>
      conn.multi([
        op.create(`${path}/a-`, 'x', { flags: 2 }),
        op.set(path, 'newer'),
        op.check(path, 1),
      ]),
    (path) => [
      `${path}/a-0000000001`,
      expect.objectContaining({ version: 1, dataLength: 5 }),
      undefined,
    ],
  ],
  ['sync', (conn, path) => conn.sync(path), () => undefined],
];

// conformance 6
describe('close while a request is held up by the network: both wait, and finish once the bytes flow', () => {
  it.each(operations)('%s', async (_op, request, answer) => {
    const { result, path } = await answerWhileClosing(request);
    expect(result).toEqual({ status: 'fulfilled', value: answer(path) });
  });

  it('and the answer is the server’s when that is a refusal', async () => {
    const { result } = await answerWhileClosing((conn, path) => conn.get(`${path}/missing`));
    expect(result).toMatchObject({ status: 'rejected', reason: { code: 'ZNONODE', op: 'get' } });
  });

  it('and a refused credential is still a refused one', async () => {
    const { result } = await answerWhileClosing((conn) => conn.addAuth('nonsense', 'x'));
    expect(result).toMatchObject({ status: 'rejected', reason: { code: 'ZAUTHFAILED' } });
  });

  it('and a change was made exactly as its answer says', async () => {
    const { path } = await answerWhileClosing((conn, node) => conn.set(node, 'newer'));
    expect(await direct.get(path, { encoding: 'utf8' })).toMatchObject({
      data: 'newer',
      stat: { version: 1 },
    });
  });

  it('and so do many requests at once, answered in order', async () => {
    const log: number[] = [];
    const { result } = await answerWhileClosing((conn, path) =>
      Promise.all(
        Array.from({ length: 200 }, (_, i) => conn.set(path, `${i}`).then(() => log.push(i))),
      ),
    );
    expect(result.status).toBe('fulfilled');
    expect(log).toEqual(Array.from({ length: 200 }, (_, i) => i));
  });

  it('and so does a credential with requests behind it', async () => {
    const { result } = await answerWhileClosing((conn, path) =>
      Promise.all([conn.addAuth('digest', 'a:b'), conn.addAuth('digest', 'c:d'), conn.get(path)]),
    );
    expect(result).toMatchObject({ status: 'fulfilled', value: [undefined, undefined, { stat }] });
  });

  it('and a watch event that was held up with the answer is still delivered', async () => {
    const { conn, proxy } = await openThroughProxy(server.address);
    const path = newPath();
    await direct.create(path);
    const { watch } = await conn.getW(path);
    const result = await closeWhileHeld(conn, proxy, (held) => held.set(path, 'x'));
    expect(result).toMatchObject({ status: 'fulfilled', value: { version: 1 } });
    expect(await watch.receive()).toMatchObject({ type: EventType.CHANGED, path });
  });
});

describe('close while a request is held up on its way to the server', () => {
  it('waits, and both finish once the bytes flow', async () => {
    const { conn, proxy } = await openThroughProxy(server.address);
    const path = newPath();
    proxy.holdOutgoing();
    const created = watched(conn.create(path, 'x'));
    const closing = watched(conn.close());
    await waitFor(() => proxy.pendingOutgoing > 0, { what: 'the request is on its way' });
    await new Promise((resolve) => setTimeout(resolve, A_WHILE));
    expect([created.settled, closing.settled]).toEqual([false, false]);
    expect(await direct.exists(path)).toBeNull();

    proxy.releaseOutgoing();
    expect(await created.promise).toBe(path);
    await closing.promise;
    expect(await direct.exists(path)).not.toBeNull();
  });
});

describe('close while a request is held up, and the connection is then lost', () => {
  it('ends: the request rejects with ZCONNECTIONLOSS', async () => {
    const { conn, proxy } = await openThroughProxy(server.address);
    proxy.holdIncoming();
    const answer = conn.exists('/');
    const closing = conn.close();
    await waitFor(() => proxy.pendingIncoming > 0, { what: 'the server has answered' });
    proxy.refuse();
    proxy.cut();
    await expect(answer).rejects.toMatchObject({ code: 'ZCONNECTIONLOSS' });
    await closing;
    expect(conn.state).toBe(State.CLOSED);
  });

  it('ends when the network swallows everything, within the session timeout', async () => {
    const { conn, proxy } = await openThroughProxy(server.address, { sessionTimeout: 1200 });
    proxy.blackHole();
    const started = performance.now();
    const answer = conn.exists('/');
    const closing = conn.close();
    await expect(answer).rejects.toMatchObject({ code: 'ZCONNECTIONLOSS' });
    await closing;
    expect(performance.now() - started).toBeLessThan(1200 + 250);
  });
});

describe('close while the connection is lost', () => {
  it('is immediate, and does not end the session', async () => {
    const { conn, proxy } = await openThroughProxy(server.address, { sessionTimeout: 4000 });
    const path = newPath();
    await conn.create(path, '', { flags: 1 });
    proxy.refuse();
    proxy.cut();
    await reached(conn, State.CONNECTING);
    const started = performance.now();
    await conn.close();
    expect(performance.now() - started).toBeLessThan(250);
    expect(await direct.exists(path)).not.toBeNull();
    const heir = await open(server.address, { clientId: conn.clientId });
    onTestFinished(() => heir[Symbol.asyncDispose]());
    expect(heir.clientId.id).toBe(conn.clientId.id);
  });
});
