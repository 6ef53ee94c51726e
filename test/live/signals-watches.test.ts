import { type Conn, countPendingWatches, EventType } from 'libzookeeper';
import { describe, expect, it } from 'vitest';
import { newPath, open, openThroughProxy } from '../support/connections.js';
import { startServer } from '../support/server.js';
import { serverHasWatches } from '../support/server-watches.js';
import type { TcpProxy } from '../support/tcp-proxy.js';
import { waitFor } from '../support/wait-for.js';

const server = await startServer();

const noWatches = { data: 0, children: 0 };

type Method = 'getW' | 'existsW' | 'childrenW';

async function openTwo() {
  const [{ conn, proxy }, other] = await Promise.all([
    openThroughProxy(server.address),
    open(server.address),
  ]);
  const path = await conn.create(newPath(), 'old');
  return { conn, other, proxy, path };
}

/** Registers a watch, and gives it up once the server has it. */
async function abortInFlight(conn: Conn, proxy: TcpProxy, method: Method, path: string) {
  const controller = new AbortController();
  proxy.holdIncoming();
  const result = conn[method](path, controller);
  result.catch(() => {});
  await waitFor(() => proxy.pendingIncoming > 0);
  controller.abort('enough');
  await expect(result).rejects.toBe('enough');
}

describe.each<Method>(['getW', 'existsW', 'childrenW'])('a %s that was aborted', (method) => {
  it('leaves no watch: not here, and not on the server', async () => {
    const { conn, other, proxy, path } = await openTwo();
    const before = countPendingWatches();
    await abortInFlight(conn, proxy, method, path);
    expect(countPendingWatches()).toBe(before);
    proxy.releaseIncoming();
    await conn.get(path);
    await serverHasWatches(server.address, noWatches);
    expect(countPendingWatches()).toBe(before);
    await other.delete(path);
    await conn.exists(path);
    expect(countPendingWatches()).toBe(before);
  });

  it('before it was called registers none', async () => {
    const { conn, path } = await openTwo();
    const before = countPendingWatches();
    const signal = AbortSignal.abort('enough');
    await expect(conn[method](path, { signal })).rejects.toBe('enough');
    await conn.get(path);
    expect(countPendingWatches()).toBe(before);
    await serverHasWatches(server.address, noWatches);
  });

  it('leaves another watch on the same path alone, older or younger', async () => {
    const { conn, other, proxy, path } = await openTwo();
    const before = countPendingWatches();
    const { watch: older } = await conn[method](path);
    await abortInFlight(conn, proxy, method, path);
    const younger = conn[method](path);
    proxy.releaseIncoming();
    const { watch } = await younger;
    await conn.get(path);
    expect([older.closed, watch.closed]).toEqual([false, false]);
    expect(countPendingWatches()).toBe(before + 2);
    await other.delete(path);
    expect((await older.receive()).type).toBe(EventType.DELETED);
    expect((await watch.receive()).type).toBe(EventType.DELETED);
    expect(countPendingWatches()).toBe(before);
    await serverHasWatches(server.address, noWatches);
  });

  it('and whose connection is lost then leaves none after the reconnection', async () => {
    const { conn, proxy, path } = await openTwo();
    const before = countPendingWatches();
    await abortInFlight(conn, proxy, method, path);
    proxy.cut();
    await proxy.restore();
    await waitFor(() => conn.get(path).catch(() => null));
    expect(countPendingWatches()).toBe(before);
    await serverHasWatches(server.address, noWatches);
  });

  it('and whose answer comes just before the connection is lost, too', async () => {
    const { conn, proxy, path } = await openTwo();
    const before = countPendingWatches();
    await abortInFlight(conn, proxy, method, path);
    const answered = conn.sync('/');
    answered.catch(() => {});
    proxy.releaseIncoming();
    await answered;
    // What removes the watch is on its way, or was.
    proxy.refuse();
    proxy.cut();
    await waitFor(() =>
      conn.sync('/').then(
        () => false,
        () => true,
      ),
    );
    await proxy.accept();
    await waitFor(() => conn.get(path).catch(() => null));
    expect(countPendingWatches()).toBe(before);
    await serverHasWatches(server.address, noWatches);
  });
});

describe('an existsW of a missing node that was aborted', () => {
  it('leaves no watch', async () => {
    const { conn, other, proxy } = await openTwo();
    const path = newPath();
    const before = countPendingWatches();
    await abortInFlight(conn, proxy, 'existsW', path);
    proxy.releaseIncoming();
    await conn.sync('/');
    await serverHasWatches(server.address, noWatches);
    await other.create(path);
    await conn.get(path);
    expect(countPendingWatches()).toBe(before);
  });
});
