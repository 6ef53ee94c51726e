import { getEventListeners } from 'node:events';
import { type Conn, State, worldACL } from 'libzookeeper';
import { describe, expect, it, onTestFinished } from 'vitest';
import { newPath, open, openProxy, openSoon, openThroughProxy } from '../support/connections.js';
import { startServer } from '../support/server.js';
import { waitFor } from '../support/wait-for.js';

const server = await startServer();

type Options = { signal: AbortSignal };

/** Every operation that takes a signal. */
const OPERATIONS: [op: string, (conn: Conn, path: string, options: Options) => Promise<unknown>][] =
  [
    ['get', (conn, path, options) => conn.get(path, options)],
    ['getW', (conn, path, options) => conn.getW(path, options)],
    ['children', (conn, path, options) => conn.children(path, options)],
    ['childrenW', (conn, path, options) => conn.childrenW(path, options)],
    ['exists', (conn, path, options) => conn.exists(path, options)],
    ['existsW', (conn, path, options) => conn.existsW(path, options)],
    ['create', (conn, path, options) => conn.create(`${path}/new`, '', options)],
    ['createWithStat', (conn, path, options) => conn.createWithStat(`${path}/new`, '', options)],
    ['set', (conn, path, options) => conn.set(path, 'new', -1, options)],
    ['delete', (conn, path, options) => conn.delete(`${path}/old`, -1, options)],
    ['acl', (conn, path, options) => conn.acl(path, options)],
    ['setACL', (conn, path, options) => conn.setACL(path, worldACL(1), -1, options)],
    ['sync', (conn, path, options) => conn.sync(path, options)],
    ['retryChange', (conn, path, options) => conn.retryChange(path, () => 'new', options)],
  ];

async function createNode(conn: Conn): Promise<string> {
  const path = await conn.create(newPath(), 'old');
  await conn.create(`${path}/old`);
  return path;
}

describe.each(OPERATIONS)('%s with a signal', (_, operation) => {
  const reason = new Error('enough');

  it('that has aborted rejects with its reason, and nothing is done', async () => {
    const conn = await open(server.address);
    const path = await createNode(conn);
    const before = await conn.get(path);
    const result = operation(conn, path, { signal: AbortSignal.abort(reason) });
    await expect(result).rejects.toBe(reason);
    await conn.sync('/');
    expect(await conn.get(path)).toEqual(before);
    expect((await conn.children(path)).children).toEqual(['old']);
  });

  it('that aborts meanwhile rejects with its reason at once; the late reply does no harm', async () => {
    const { conn, proxy } = await openThroughProxy(server.address);
    const path = await createNode(conn);
    const controller = new AbortController();
    proxy.holdIncoming();
    const result = operation(conn, path, controller);
    result.catch(() => {});
    await waitFor(() => proxy.pendingIncoming > 0);
    controller.abort(reason);
    await expect(result).rejects.toBe(reason);
    proxy.releaseIncoming();
    expect((await conn.exists(path))?.dataLength).toBe(3);
    expect(conn.state).toBe(State.CONNECTED);
  });

  it('that does not abort, or too late, is of no effect, and is let go of', async () => {
    const conn = await open(server.address);
    const path = await createNode(conn);
    const controller = new AbortController();
    await operation(conn, path, controller);
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
    controller.abort();
    expect((await conn.exists(path))?.dataLength).toBe(3);
  });
});

describe('a signal', () => {
  it.each([['a string'], [42], [undefined], [null]])('may have any reason: %j', async (reason) => {
    const { conn, proxy } = await openThroughProxy(server.address);
    const controller = new AbortController();
    proxy.holdIncoming();
    const result = conn.get('/', controller);
    result.catch(() => {});
    controller.abort(reason);
    const seen: unknown = await result.catch((thrown: unknown) => thrown);
    // Without a reason it is the platform's own AbortError.
    expect(seen).toBe(controller.signal.reason);
    if (reason === undefined) expect(seen).toMatchObject({ name: 'AbortError' });
  });

  it('of AbortSignal.timeout ends the wait for a server that does not answer', async () => {
    const { conn, proxy } = await openThroughProxy(server.address);
    proxy.holdIncoming();
    const result = conn.get('/', { signal: AbortSignal.timeout(50) });
    await expect(result).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('ends the wait for a connection that does not come about', async () => {
    const proxy = await openProxy(server.address);
    proxy.holdIncoming();
    const conn = openSoon(proxy.address);
    const controller = new AbortController();
    const result = conn.get('/', controller);
    result.catch(() => {});
    await waitFor(() => proxy.pendingIncoming > 0);
    controller.abort('enough');
    await expect(result).rejects.toBe('enough');
    expect(conn.state).toBe(State.CONNECTING);
    proxy.releaseIncoming();
    await conn.get('/');
  });

  it('of an operation that fails all the same leaves no rejection behind', async () => {
    const rejections: unknown[] = [];
    const note = (reason: unknown): void => {
      rejections.push(reason);
    };
    process.on('unhandledRejection', note);
    onTestFinished(() => {
      process.off('unhandledRejection', note);
    });
    const { conn, proxy } = await openThroughProxy(server.address);
    proxy.holdIncoming();
    const controllers = OPERATIONS.map(() => new AbortController());
    const results = OPERATIONS.map(([, operation], index) =>
      operation(conn, '/missing', controllers[index] as AbortController),
    );
    for (const controller of controllers) controller.abort('enough');
    const settled = await Promise.allSettled(results);
    expect(settled.every((result) => result.status === 'rejected')).toBe(true);
    proxy.cut();
    await proxy.restore();
    await conn.sync('/').catch(() => {});
    await conn.sync('/').catch(() => {});
    expect(rejections).toEqual([]);
  });

  it('may be shared by many operations, without a warning', async () => {
    const warnings: Error[] = [];
    const note = (warning: Error): void => {
      warnings.push(warning);
    };
    process.on('warning', note);
    onTestFinished(() => {
      process.off('warning', note);
    });
    const { conn, proxy } = await openThroughProxy(server.address);
    const controller = new AbortController();
    proxy.holdIncoming();
    const results = Array.from({ length: 100 }, () => conn.get('/', controller));
    controller.abort('enough');
    const settled = await Promise.allSettled(results);
    expect(settled).toEqual(results.map(() => ({ status: 'rejected', reason: 'enough' })));
    // Warnings are emitted on the next tick.
    await new Promise((resolve) => setImmediate(resolve));
    expect(warnings).toEqual([]);
  });

  it("that aborts one operation leaves the others' answers theirs", async () => {
    const { conn, proxy } = await openThroughProxy(server.address);
    const paths = await Promise.all(
      ['a', 'b', 'c', 'd'].map((data) => conn.create(newPath(), data)),
    );
    const controller = new AbortController();
    proxy.holdIncoming();
    const results = paths.map((path, index) =>
      conn.get(path, index === 1 ? controller : undefined),
    );
    results[1]?.catch(() => {});
    controller.abort('enough');
    proxy.releaseIncoming();
    const settled = await Promise.allSettled(results);
    const read = settled.map((result) =>
      result.status === 'fulfilled' ? result.value.data.toString() : result.reason,
    );
    expect(read).toEqual(['a', 'enough', 'c', 'd']);
  });
});
