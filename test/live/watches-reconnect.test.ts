import { type Conn, countPendingWatches, EventType, State, type Watch } from 'libzookeeper';
import { describe, expect, it } from 'vitest';
import { newPath, open, openThroughProxy } from '../support/connections.js';
import { startServer } from '../support/server.js';
import { serverHasWatches, serverWatches } from '../support/server-watches.js';
import { waitFor } from '../support/wait-for.js';

const server = await startServer();

const { CREATED, DELETED, CHANGED, CHILD } = EventType;
const { CONNECTING, CONNECTED } = State;

async function expectStates(conn: Conn, ...states: State[]): Promise<void> {
  for (const state of states) {
    expect(await conn.session.receive()).toMatchObject({ type: EventType.SESSION, state });
  }
}

/** A connection that can be cut off, another that cannot, and a node that no other test has. */
async function openTwo() {
  const [{ conn, proxy }, other] = await Promise.all([
    openThroughProxy(server.address),
    open(server.address),
  ]);
  await expectStates(conn, CONNECTED);
  const path = newPath();
  await conn.create(path, 'old');

  /** Does something while the client is away. */
  async function meanwhile(change: () => Promise<unknown>): Promise<void> {
    proxy.refuse();
    proxy.cut();
    await expectStates(conn, CONNECTING);
    await change();
    await proxy.accept();
    await expectStates(conn, CONNECTED);
  }
  return { conn, other, proxy, path, meanwhile };
}

/** One watch of each kind on a node, and one on a node that is missing. */
async function watchAll(conn: Conn, path: string): Promise<Watch[]> {
  return [
    (await conn.getW(path)).watch,
    (await conn.existsW(path)).watch,
    (await conn.childrenW(path)).watch,
    (await conn.existsW(`${path}-missing`)).watch,
  ];
}

describe('watches survive', () => {
  // conformance 24
  it('a restart of the server: they have not fired after it, and fire on the next change', async () => {
    const conn = await open(server.address);
    await expectStates(conn, CONNECTED);
    const path = await conn.create(newPath());
    const before = countPendingWatches();
    const watches = await watchAll(conn, path);
    const { id } = conn.clientId;
    await server.restart();
    await expectStates(conn, CONNECTING, CONNECTED);
    expect(conn.clientId.id).toBe(id);
    await conn.get(path);
    expect(watches.map(({ closed }) => closed)).toEqual([false, false, false, false]);
    expect(countPendingWatches()).toBe(before + 4);
    await serverHasWatches(server.address, { data: 2, children: 1 });

    const other = await open(server.address);
    await other.create(`${path}-missing`);
    await other.create(`${path}/child`);
    await other.set(path, 'new');
    const events = await Promise.all(watches.map((watch) => watch.receive()));
    expect(events.map(({ type }) => type)).toEqual([CHANGED, CHANGED, CHILD, CREATED]);
    expect(events.every(({ state }) => state === CONNECTED)).toBe(true);
    expect(countPendingWatches()).toBe(before + 1);
    await serverHasWatches(server.address, { data: 0, children: 0 });
  });

  // conformance 24
  it('a cut connection: nothing but CONNECTING and CONNECTED, and those for the session only', async () => {
    const { conn, other, path, meanwhile } = await openTwo();
    const watches = await watchAll(conn, path);
    await meanwhile(() => other.sync('/'));
    await conn.get(path);
    expect(watches.map(({ closed }) => closed)).toEqual([false, false, false, false]);
    await serverHasWatches(server.address, { data: 2, children: 1 });
    await other.delete(path);
    const events = await Promise.all(watches.slice(0, 3).map((watch) => watch.receive()));
    expect(events.map(({ type }) => type)).toEqual([DELETED, DELETED, DELETED]);
    await serverHasWatches(server.address, { data: 1, children: 0 });
  });

  it('a cut connection many times over', async () => {
    const { conn, other, path, meanwhile } = await openTwo();
    const watches = await watchAll(conn, path);
    for (let time = 0; time < 3; time += 1) await meanwhile(() => other.sync('/'));
    await serverHasWatches(server.address, { data: 2, children: 1 });
    await other.set(path, 'new');
    expect((await watches[0]?.receive())?.type).toBe(CHANGED);
    expect((await watches[1]?.receive())?.type).toBe(CHANGED);
    expect([watches[2]?.closed, watches[3]?.closed]).toEqual([false, false]);
  });
});

describe('a change made while the client was away fires on reconnection', () => {
  type Change = (other: Conn, path: string) => Promise<unknown>;

  // conformance 24
  it.each<[string, 'getW' | 'existsW' | 'childrenW', EventType, Change]>([
    ['a set', 'getW', CHANGED, (other, path) => other.set(path, 'new')],
    ['a set', 'existsW', CHANGED, (other, path) => other.set(path, 'new')],
    ['a delete', 'getW', DELETED, (other, path) => other.delete(path)],
    ['a delete', 'existsW', DELETED, (other, path) => other.delete(path)],
    ['a delete', 'childrenW', DELETED, (other, path) => other.delete(path)],
    ['a new child', 'childrenW', CHILD, (other, path) => other.create(`${path}/child`)],
    [
      'a delete and a new create',
      'getW',
      CHANGED,
      async (other, path) => {
        await other.delete(path);
        await other.create(path, 'new');
      },
    ],
  ])('%s, for %s', async (_, method, type, change) => {
    const { conn, other, path, meanwhile } = await openTwo();
    const before = countPendingWatches();
    const { watch } = await conn[method](path);
    await meanwhile(() => change(other, path));
    expect(await watch.receive()).toMatchObject({ type, state: CONNECTED, path });
    expect(watch.closed).toBe(true);
    expect(countPendingWatches()).toBe(before);
    await serverHasWatches(server.address, { data: 0, children: 0 });
  });

  // conformance 24
  it('a create, for existsW of a node that was missing', async () => {
    const { conn, other, path, meanwhile } = await openTwo();
    const missing = `${path}/missing`;
    const { watch } = await conn.existsW(missing);
    await meanwhile(() => other.create(missing));
    expect(await watch.receive()).toMatchObject({ type: CREATED, path: missing });
    await serverHasWatches(server.address, { data: 0, children: 0 });
  });

  it('a delete, for each of the watches on the node', async () => {
    const { conn, other, path, meanwhile } = await openTwo();
    const watches = await watchAll(conn, path);
    watches.push((await conn.getW(path)).watch);
    await meanwhile(() => other.delete(path));
    const fired = watches.filter((watch) => watch.path === path);
    const events = await Promise.all(fired.map((watch) => watch.receive()));
    expect(events.map(({ type }) => type)).toEqual([DELETED, DELETED, DELETED, DELETED]);
    await serverHasWatches(server.address, { data: 1, children: 0 });
  });

  // conformance 24
  it('after a restart of the server, too', async () => {
    const { conn, path, meanwhile } = await openTwo();
    const watches = await watchAll(conn, path);
    await meanwhile(async () => {
      await server.restart();
      const other = await open(server.address);
      await other.set(path, 'new');
      await other.create(`${path}/child`);
      await other.create(`${path}-missing`);
    });
    const events = await Promise.all(watches.map((watch) => watch.receive()));
    expect(events.map(({ type }) => type)).toEqual([CHANGED, CHANGED, CHILD, CREATED]);
    await serverHasWatches(server.address, { data: 0, children: 0 });
  });

  it('but not one that came and went, for a node that is missing again', async () => {
    const { conn, other, path, meanwhile } = await openTwo();
    const missing = `${path}/missing`;
    const { watch } = await conn.existsW(missing);
    await meanwhile(async () => {
      await other.create(missing);
      await other.delete(missing);
    });
    await conn.sync('/');
    expect(watch.closed).toBe(false);
    await other.create(missing);
    expect(await watch.receive()).toMatchObject({ type: CREATED, path: missing });
  });
});

describe('a registration that is lost with its connection', () => {
  it.each(['getW', 'existsW', 'childrenW'] as const)(
    'leaves no %s watch behind',
    async (method) => {
      const { conn, other, proxy, path } = await openTwo();
      const before = countPendingWatches();
      proxy.holdIncoming();
      const result = conn[method](path);
      result.catch(() => {});
      await waitFor(() => proxy.pendingIncoming > 0);
      proxy.cut();
      await expect(result).rejects.toMatchObject({ code: 'ZCONNECTIONLOSS', op: method, path });
      await proxy.restore();
      await expectStates(conn, CONNECTING, CONNECTED);
      expect(countPendingWatches()).toBe(before);
      await conn.get(path);
      expect(await serverWatches(server.address)).toEqual({ data: 0, children: 0 });
      await other.set(path, 'new');
      await conn.get(path);
      expect(countPendingWatches()).toBe(before);
    },
  );
});
