import { countPendingWatches, Perm, State, type Watch, worldACL } from 'libzookeeper';
import { describe, expect, it } from 'vitest';
import { newPath, open, openThroughProxy } from '../support/connections.js';
import { startServer } from '../support/server.js';
import { serverHasWatches, serverWatches } from '../support/server-watches.js';
import { waitFor } from '../support/wait-for.js';

const server = await startServer();

/** A connection through a proxy, another without, and a node that no other test has. */
async function openTwo() {
  const [{ conn, proxy }, other] = await Promise.all([
    openThroughProxy(server.address),
    open(server.address),
  ]);
  const path = newPath();
  await conn.create(path, 'old');
  return { conn, other, proxy, path };
}

const noWatches = { data: 0, children: 0 };

describe('cancel', () => {
  it.each([
    ['getW', { data: 1, children: 0 }],
    ['existsW', { data: 1, children: 0 }],
    ['childrenW', { data: 0, children: 1 }],
  ] as const)('ends the channel of a %s and removes it on the server', async (method, counts) => {
    const { conn, other, path } = await openTwo();
    const before = countPendingWatches();
    const { watch } = await conn[method](path);
    await serverHasWatches(server.address, counts);
    expect(await watch.cancel()).toBeUndefined();
    expect(watch.closed).toBe(true);
    expect(countPendingWatches()).toBe(before);
    expect(await serverWatches(server.address)).toEqual(noWatches);

    await other.set(path, 'new');
    await other.create(`${path}/child`);
    await conn.get(path);
    expect((await watch.receive()).state).toBe(State.CLOSED);
  });

  it('removes the watch on a node that is missing', async () => {
    const { conn } = await openTwo();
    const { watch } = await conn.existsW(newPath());
    await serverHasWatches(server.address, { data: 1, children: 0 });
    await watch.cancel();
    expect(await serverWatches(server.address)).toEqual(noWatches);
  });

  it('takes effect at once, whatever the network does; the server hears of it later', async () => {
    const { conn, proxy, path } = await openTwo();
    const before = countPendingWatches();
    const { watch } = await conn.getW(path);
    const received = watch.receive();
    proxy.holdOutgoing();
    let isDone = false;
    const cancelled = watch.cancel().then(() => {
      isDone = true;
    });
    expect(watch.closed).toBe(true);
    expect(countPendingWatches()).toBe(before);
    expect((await received).state).toBe(State.CLOSED);
    await waitFor(() => proxy.pendingOutgoing > 0);
    expect(isDone).toBe(false);
    await serverHasWatches(server.address, { data: 1, children: 0 });

    proxy.releaseOutgoing();
    await cancelled;
    expect(await serverWatches(server.address)).toEqual(noWatches);
  });

  it('twice, at once and later, is as once', async () => {
    const { conn, path } = await openTwo();
    const before = countPendingWatches();
    const { watch } = await conn.getW(path);
    await Promise.all([watch.cancel(), watch.cancel()]);
    await watch.cancel();
    expect(countPendingWatches()).toBe(before);
    await serverHasWatches(server.address, noWatches);
  });

  it('of a watch that fired does nothing, and its event is still there', async () => {
    const { conn, other, path } = await openTwo();
    const before = countPendingWatches();
    const { watch } = await conn.getW(path);
    await other.set(path, 'new');
    await conn.get(path);
    const { watch: next } = await conn.getW(path);
    await watch.cancel();
    expect(String(await watch.receive())).toBe(`ZooKeeper connected; path changed: ${path}`);
    expect(countPendingWatches()).toBe(before + 1);
    await other.set(path, 'newer');
    expect((await next.receive()).path).toBe(path);
  });

  it('of a watch whose connection was closed does nothing', async () => {
    const { conn, path } = await openTwo();
    const { watch } = await conn.getW(path);
    await conn.close();
    await watch.cancel();
    expect(watch.closed).toBe(true);
  });

  it('is what `await using` does at the end', async () => {
    const { conn, path } = await openTwo();
    const before = countPendingWatches();
    let outside: Watch;
    {
      await using inside = (await conn.childrenW(path)).watch;
      expect(countPendingWatches()).toBe(before + 1);
      outside = inside;
    }
    expect(outside.closed).toBe(true);
    expect(countPendingWatches()).toBe(before);
    expect(await serverWatches(server.address)).toEqual(noWatches);
  });

  it('of very many watches leaves none', async () => {
    const { conn, path } = await openTwo();
    const before = countPendingWatches();
    const names = Array.from({ length: 200 }, (_, index) => `${path}/${index}`);
    const results = await Promise.all(
      [...names, ...names].map((name, index) =>
        index < 300 ? conn.existsW(name) : conn.existsW(path),
      ),
    );
    expect(countPendingWatches()).toBe(before + 400);
    await Promise.all(results.map(({ watch }) => watch.cancel()));
    expect(countPendingWatches()).toBe(before);
    expect(await serverWatches(server.address)).toEqual(noWatches);
  });
});

describe('cancel leaves alone', () => {
  it.each([
    ['getW', 'existsW', { data: 1, children: 0 }],
    ['existsW', 'getW', { data: 1, children: 0 }],
    ['getW', 'childrenW', { data: 0, children: 1 }],
    ['childrenW', 'getW', { data: 1, children: 0 }],
  ] as const)('with a %s, the %s on the same path', async (cancelled, left, counts) => {
    const { conn, other, path } = await openTwo();
    const { watch: first } = await conn[cancelled](path);
    const { watch: second } = await conn[left](path);
    await first.cancel();
    await serverHasWatches(server.address, counts);
    await other.delete(path);
    expect(String(await second.receive())).toBe(`ZooKeeper connected; path deleted: ${path}`);
    await serverHasWatches(server.address, noWatches);
  });

  it.each(['getW', 'existsW'] as const)(
    'a %s on the same path whose answer has not come yet',
    async (method) => {
      const { conn, other, proxy, path } = await openTwo();
      const { watch: first } = await conn.getW(path);
      proxy.holdIncoming();
      const second = conn[method](path);
      const cancelled = first.cancel();
      await waitFor(() => proxy.pendingIncoming > 0);
      proxy.releaseIncoming();
      const { watch } = await second;
      await cancelled;
      await serverHasWatches(server.address, { data: 1, children: 0 });
      await other.set(path, 'new');
      expect((await watch.receive()).path).toBe(path);
      await serverHasWatches(server.address, noWatches);
    },
  );

  it('a getW on the same path that is asked for right after it', async () => {
    const { conn, other, path } = await openTwo();
    for (let round = 0; round < 20; round += 1) {
      const { watch: first } = await conn.getW(path);
      const cancelled = first.cancel();
      const { watch: second } = await conn.getW(path);
      await cancelled;
      await other.set(path, String(round));
      expect(await second.receive()).toMatchObject({ path, ok: true });
    }
    await serverHasWatches(server.address, noWatches);
  });

  it('watches of other connections', async () => {
    const { conn, other, path } = await openTwo();
    const { watch: mine } = await conn.getW(path);
    const { watch: theirs } = await other.getW(path);
    await mine.cancel();
    await serverHasWatches(server.address, { data: 1, children: 0 });
    await conn.set(path, 'new');
    expect((await theirs.receive()).path).toBe(path);
  });

  it('nothing behind, when a getW that was in flight is refused', async () => {
    const { conn, proxy, path } = await openTwo();
    await conn.setACL(path, worldACL(Perm.ALL & ~Perm.READ));
    // Existence is nobody's secret.
    const { watch } = await conn.existsW(path);
    proxy.holdIncoming();
    const refused = conn.getW(path);
    refused.catch(() => {});
    const cancelled = watch.cancel();
    await waitFor(() => proxy.pendingIncoming > 0);
    proxy.releaseIncoming();
    await expect(refused).rejects.toMatchObject({ code: 'ZNOAUTH' });
    await cancelled;
    await serverHasWatches(server.address, noWatches);
  });
});
