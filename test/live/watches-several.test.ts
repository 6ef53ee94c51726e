import { type Conn, countPendingWatches, EventType, type Watch } from 'libzookeeper';
import { describe, expect, it } from 'vitest';
import { newPath, open } from '../support/connections.js';
import { startServer } from '../support/server.js';
import { serverHasWatches } from '../support/server-watches.js';

const server = await startServer();

async function openTwo() {
  const [conn, other] = await Promise.all([open(server.address), open(server.address)]);
  const path = newPath();
  await conn.create(path, 'old');
  return { conn, other, path };
}

/** What each of the watches gives, and that it gives nothing more. */
async function eventsOf(watches: readonly Watch[]): Promise<EventType[]> {
  const events = await Promise.all(watches.map((watch) => watch.receive()));
  for (const watch of watches) {
    expect(watch.closed).toBe(true);
    expect((await watch.receive()).type).toBe(EventType.CLOSED);
  }
  return events.map(({ type }) => type);
}

async function watchInEveryWay(conn: Conn, path: string): Promise<Watch[]> {
  const { watch: data } = await conn.getW(path);
  const { watch: exists } = await conn.existsW(path);
  const { watch: children } = await conn.childrenW(path);
  return [data, exists, children];
}

const { CHANGED, CREATED, DELETED, CHILD } = EventType;

describe('several watches on one node', () => {
  // conformance 22
  it('that is deleted: each of four gets its one event', async () => {
    const { conn, other, path } = await openTwo();
    const before = countPendingWatches();
    const watches = await watchInEveryWay(conn, path);
    watches.push((await conn.getW(path)).watch);
    expect(countPendingWatches()).toBe(before + 4);
    await serverHasWatches(server.address, { data: 1, children: 1 });

    await other.delete(path);
    expect(await eventsOf(watches)).toEqual([DELETED, DELETED, DELETED, DELETED]);
    expect(countPendingWatches()).toBe(before);
    await serverHasWatches(server.address, { data: 0, children: 0 });
  });

  it('that is set: those for its data fire, the one for its children stays', async () => {
    const { conn, other, path } = await openTwo();
    const before = countPendingWatches();
    const [data, exists, children] = (await watchInEveryWay(conn, path)) as [Watch, Watch, Watch];
    await other.set(path, 'new');
    expect(await eventsOf([data, exists])).toEqual([CHANGED, CHANGED]);
    await conn.get(path);
    expect(children.closed).toBe(false);
    expect(countPendingWatches()).toBe(before + 1);
    await serverHasWatches(server.address, { data: 0, children: 1 });
    await other.create(`${path}/child`);
    expect(await eventsOf([children])).toEqual([CHILD]);
    await serverHasWatches(server.address, { data: 0, children: 0 });
  });

  it('that gets a child: the one for its children fires, those for its data stay', async () => {
    const { conn, other, path } = await openTwo();
    const [data, exists, children] = (await watchInEveryWay(conn, path)) as [Watch, Watch, Watch];
    await other.create(`${path}/child`);
    expect(await eventsOf([children])).toEqual([CHILD]);
    await conn.get(path);
    expect([data.closed, exists.closed]).toEqual([false, false]);
    await serverHasWatches(server.address, { data: 1, children: 0 });
    await other.set(path, 'new');
    expect(await eventsOf([data, exists])).toEqual([CHANGED, CHANGED]);
  });

  it('that is missing: all that wait for it fire on its creation', async () => {
    const { conn, other } = await openTwo();
    const path = newPath();
    const watches = [(await conn.existsW(path)).watch, (await conn.existsW(path)).watch];
    await other.create(path);
    expect(await eventsOf(watches)).toEqual([CREATED, CREATED]);
    await serverHasWatches(server.address, { data: 0, children: 0 });
  });

  it('asked for at once, before the first answer: each is one of its own', async () => {
    const { conn, other, path } = await openTwo();
    const before = countPendingWatches();
    const results = await Promise.all([
      conn.getW(path),
      conn.existsW(path),
      conn.getW(path),
      conn.childrenW(path),
      conn.childrenW(path),
    ]);
    const watches = results.map(({ watch }) => watch);
    expect(new Set(watches).size).toBe(5);
    expect(countPendingWatches()).toBe(before + 5);
    await other.delete(path);
    expect(await eventsOf(watches)).toEqual([DELETED, DELETED, DELETED, DELETED, DELETED]);
    expect(countPendingWatches()).toBe(before);
  });

  it('of several connections all fire', async () => {
    const { conn, other, path } = await openTwo();
    const watches = [(await conn.getW(path)).watch, (await other.getW(path)).watch];
    await serverHasWatches(server.address, { data: 2, children: 0 });
    await conn.set(path, 'new');
    expect(await eventsOf(watches)).toEqual([CHANGED, CHANGED]);
    await serverHasWatches(server.address, { data: 0, children: 0 });
  });
});

describe('two getW on one path', () => {
  // conformance 23
  it('are two watches, and each fires', async () => {
    const { conn, other, path } = await openTwo();
    const before = countPendingWatches();
    const { watch: first } = await conn.getW(path);
    const { watch: second } = await conn.getW(path);
    expect(first).not.toBe(second);
    expect(countPendingWatches()).toBe(before + 2);
    await other.set(path, 'new');
    expect(await eventsOf([first, second])).toEqual([CHANGED, CHANGED]);
    expect(countPendingWatches()).toBe(before);
  });

  // conformance 23
  it.each([0, 1])('of which number %d is cancelled: the other still fires', async (which) => {
    const { conn, other, path } = await openTwo();
    const before = countPendingWatches();
    const watches = [(await conn.getW(path)).watch, (await conn.getW(path)).watch];
    const [cancelled, left] = [watches[which], watches[1 - which]] as [Watch, Watch];
    await cancelled.cancel();
    expect(cancelled.closed).toBe(true);
    expect(left.closed).toBe(false);
    expect(countPendingWatches()).toBe(before + 1);
    await serverHasWatches(server.address, { data: 1, children: 0 });

    await other.set(path, 'new');
    expect(await eventsOf([left])).toEqual([CHANGED]);
    expect((await cancelled.receive()).type).toBe(EventType.CLOSED);
    expect(countPendingWatches()).toBe(before);
    await serverHasWatches(server.address, { data: 0, children: 0 });
  });

  it('one after the other fired: the second waits for the next change', async () => {
    const { conn, other, path } = await openTwo();
    const { watch: first } = await conn.getW(path);
    await other.set(path, 'b');
    expect(await eventsOf([first])).toEqual([CHANGED]);
    const { data, watch: second } = await conn.getW(path);
    expect(data.toString()).toBe('b');
    await conn.get(path);
    expect(second.closed).toBe(false);
    await other.set(path, 'c');
    expect(await eventsOf([second])).toEqual([CHANGED]);
  });
});

describe('a thousand watches', () => {
  it('each fire for their own path, and are counted until then', async () => {
    const { conn, other, path } = await openTwo();
    const before = countPendingWatches();
    const names = Array.from({ length: 1000 }, (_, index) => `${path}/${index}`);
    await Promise.all(names.map((name) => conn.create(name)));
    const watches = (await Promise.all(names.map((name) => conn.getW(name)))).map(
      ({ watch }) => watch,
    );
    expect(countPendingWatches()).toBe(before + 1000);
    await serverHasWatches(server.address, { data: 1000, children: 0 });

    await Promise.all(names.slice(0, 500).map((name) => other.set(name, 'x')));
    const events = await Promise.all(watches.slice(0, 500).map((watch) => watch.receive()));
    expect(events.map((event) => event.path)).toEqual(names.slice(0, 500));
    expect(watches.slice(500).some((watch) => watch.closed)).toBe(false);
    expect(countPendingWatches()).toBe(before + 500);
    await serverHasWatches(server.address, { data: 500, children: 0 });
  });
});
