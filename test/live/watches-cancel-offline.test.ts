import { type Conn, countPendingWatches, EventType, State } from 'libzookeeper';
import { describe, expect, it } from 'vitest';
import { newPath, open, openThroughProxy } from '../support/connections.js';
import { startServer } from '../support/server.js';
import { serverHasWatches } from '../support/server-watches.js';
import type { TcpProxy } from '../support/tcp-proxy.js';

const server = await startServer();

async function openTwo() {
  const [{ conn, proxy }, other] = await Promise.all([
    openThroughProxy(server.address),
    open(server.address),
  ]);
  await nextState(conn, State.CONNECTED);
  const path = newPath();
  await conn.create(path, 'old');
  return { conn, other, proxy, path };
}

async function nextState(conn: Conn, state: State): Promise<void> {
  expect((await conn.session.receive()).state).toBe(state);
}

async function disconnect(conn: Conn, proxy: TcpProxy): Promise<void> {
  proxy.refuse();
  proxy.cut();
  await nextState(conn, State.CONNECTING);
}

async function reconnect(conn: Conn, proxy: TcpProxy): Promise<void> {
  await proxy.accept();
  await nextState(conn, State.CONNECTED);
}

describe('cancel while disconnected', () => {
  it.each(['getW', 'existsW', 'childrenW'] as const)(
    'ends a %s at once, and is carried out after the reconnection',
    async (method) => {
      const { conn, other, proxy, path } = await openTwo();
      const before = countPendingWatches();
      const { watch } = await conn[method](path);
      const { watch: kept } = await conn.existsW('/kept');
      await disconnect(conn, proxy);
      const received = watch.receive();
      const cancelled = watch.cancel();
      expect(watch.closed).toBe(true);
      expect((await received).state).toBe(State.CLOSED);
      expect(countPendingWatches()).toBe(before + 1);
      await cancelled;

      await reconnect(conn, proxy);
      await serverHasWatches(server.address, { data: 1, children: 0 });
      await other.create('/kept');
      expect((await kept.receive()).type).toBe(EventType.CREATED);
      await other.delete('/kept');
      await serverHasWatches(server.address, { data: 0, children: 0 });
    },
  );

  it('goes well when the node changed meanwhile', async () => {
    const { conn, other, proxy, path } = await openTwo();
    const before = countPendingWatches();
    const { watch } = await conn.getW(path);
    await disconnect(conn, proxy);
    const cancelled = watch.cancel();
    await other.set(path, 'new');
    await cancelled;
    await reconnect(conn, proxy);
    await conn.get(path);
    expect((await watch.receive()).state).toBe(State.CLOSED);
    expect(countPendingWatches()).toBe(before);
    await serverHasWatches(server.address, { data: 0, children: 0 });
  });

  it('does not take away a watch on the same path that was registered after it', async () => {
    const { conn, other, proxy, path } = await openTwo();
    const { watch: cancelled } = await conn.getW(path);
    await disconnect(conn, proxy);
    await cancelled.cancel();
    await reconnect(conn, proxy);
    const { watch } = await conn.getW(path);
    await serverHasWatches(server.address, { data: 1, children: 0 });
    await conn.get(path);
    await other.set(path, 'new');
    expect(await watch.receive()).toMatchObject({ type: EventType.CHANGED, path });
    await serverHasWatches(server.address, { data: 0, children: 0 });
  });

  it('of one of two leaves the other', async () => {
    const { conn, other, proxy, path } = await openTwo();
    const { watch: cancelled } = await conn.getW(path);
    const { watch: left } = await conn.getW(path);
    await disconnect(conn, proxy);
    await cancelled.cancel();
    await reconnect(conn, proxy);
    await conn.get(path);
    expect(left.closed).toBe(false);
    await other.set(path, 'new');
    expect(await left.receive()).toMatchObject({ type: EventType.CHANGED, path });
    await serverHasWatches(server.address, { data: 0, children: 0 });
  });
});

describe('cancel whose request or answer is lost with the connection', () => {
  it.each(['holdIncoming', 'holdOutgoing'] as const)(
    'is carried out after the reconnection (%s)',
    async (hold) => {
      const { conn, proxy, path } = await openTwo();
      const before = countPendingWatches();
      const { watch } = await conn.getW(path);
      proxy[hold]();
      const cancelled = watch.cancel();
      expect(watch.closed).toBe(true);
      await disconnect(conn, proxy);
      await cancelled;
      await proxy.restore();
      await nextState(conn, State.CONNECTED);
      expect(countPendingWatches()).toBe(before);
      await conn.get(path);
      await serverHasWatches(server.address, { data: 0, children: 0 });
    },
  );
});
