import { countPendingWatches, EventType, State, worldACL } from 'libzookeeper';
import { describe, expect, it } from 'vitest';
import { newPath, open } from '../support/connections.js';
import { startServer } from '../support/server.js';
import { serverHasWatches } from '../support/server-watches.js';

const server = await startServer();

/** Two connections, and a node that no other test has. */
async function openTwo() {
  const [conn, other] = await Promise.all([open(server.address), open(server.address)]);
  const path = newPath();
  await conn.create(path, 'old');
  return { conn, other, path };
}

describe('a getW watch', () => {
  // conformance 19
  it.each(['its own connection', 'another connection'])(
    'fires once on a set by %s',
    async (who) => {
      const { conn, other, path } = await openTwo();
      const before = countPendingWatches();
      const { data, stat, watch } = await conn.getW(path);
      expect(data.toString()).toBe('old');
      expect(stat.version).toBe(0);
      expect(watch).toMatchObject({ path, kind: 'data', closed: false });
      expect(countPendingWatches()).toBe(before + 1);

      await (who === 'another connection' ? other : conn).set(path, 'new');
      const event = await watch.receive();
      expect(event).toMatchObject({ type: EventType.CHANGED, state: State.CONNECTED, path });
      expect(event.ok).toBe(true);
      expect(String(event)).toBe(`ZooKeeper connected; path changed: ${path}`);
      expect(watch.closed).toBe(true);
      expect(countPendingWatches()).toBe(before);

      await conn.set(path, 'newer');
      expect(await watch.receive()).toMatchObject({ type: EventType.CLOSED, path: '' });
      expect(countPendingWatches()).toBe(before);
    },
  );

  it('fires on the removal of its node', async () => {
    const { conn, other, path } = await openTwo();
    const { watch } = await conn.getW(path);
    await other.delete(path);
    expect(String(await watch.receive())).toBe(`ZooKeeper connected; path deleted: ${path}`);
  });

  it('does not fire on setACL, on children, on a set that is refused', async () => {
    const { conn, other, path } = await openTwo();
    const { watch } = await conn.getW(path);
    await other.setACL(path, worldACL(31));
    await other.create(`${path}/child`);
    await other.delete(`${path}/child`);
    await expect(other.set(path, 'new', 7)).rejects.toThrow();
    await expect(other.delete(path, 7)).rejects.toThrow();
    // Any event would come before this answer.
    await conn.get(path);
    expect(watch.closed).toBe(false);
    await other.set(path, 'new');
    expect((await watch.receive()).type).toBe(EventType.CHANGED);
  });

  it('fires on a set of the same data', async () => {
    const { conn, other, path } = await openTwo();
    const { watch } = await conn.getW(path);
    await other.set(path, 'old');
    expect((await watch.receive()).type).toBe(EventType.CHANGED);
  });
});

describe('a watch on a missing node', () => {
  // conformance 20
  it.each(['getW', 'childrenW'] as const)('is none, for %s: ZNONODE', async (method) => {
    const { conn, other } = await openTwo();
    const path = newPath();
    const before = countPendingWatches();
    const result = conn[method](path);
    await expect(result).rejects.toMatchObject({ code: 'ZNONODE', op: method, path });
    expect(countPendingWatches()).toBe(before);
    const { watch } = await conn.existsW(newPath());
    await serverHasWatches(server.address, { data: 1, children: 0 });
    await watch.cancel();

    await other.create(path);
    await other.create(`${path}/child`);
    await other.set(path, 'x');
    await conn.get(path);
    expect(countPendingWatches()).toBe(before);
  });

  // conformance 20
  it('is one, for existsW: its stat is null, and it fires on creation', async () => {
    const { conn, other } = await openTwo();
    const path = newPath();
    const before = countPendingWatches();
    const { stat, watch } = await conn.existsW(path);
    expect(stat).toBeNull();
    expect(watch).toMatchObject({ path, kind: 'exists', closed: false });
    expect(countPendingWatches()).toBe(before + 1);
    await serverHasWatches(server.address, { data: 1, children: 0 });

    await other.create(path, 'x');
    expect(String(await watch.receive())).toBe(`ZooKeeper connected; path created: ${path}`);
    expect(countPendingWatches()).toBe(before);
    await serverHasWatches(server.address, { data: 0, children: 0 });
  });
});

describe('a childrenW watch', () => {
  // conformance 21
  it("fires on a child's creation, and another on its removal", async () => {
    const { conn, other, path } = await openTwo();
    const before = countPendingWatches();
    const { children, stat, watch: first } = await conn.childrenW(path);
    expect(children).toEqual([]);
    expect(stat.numChildren).toBe(0);
    expect(first).toMatchObject({ path, kind: 'children' });
    expect(countPendingWatches()).toBe(before + 1);
    await other.create(`${path}/a`);
    const event = await first.receive();
    expect(event).toMatchObject({ type: EventType.CHILD, state: State.CONNECTED, path });
    expect(String(event)).toBe(`ZooKeeper connected; path children changed: ${path}`);
    expect(countPendingWatches()).toBe(before);

    const { children: one, watch: second } = await conn.childrenW(path);
    expect(one).toEqual(['a']);
    await other.delete(`${path}/a`);
    expect(await second.receive()).toMatchObject({ type: EventType.CHILD, path });
    expect(countPendingWatches()).toBe(before);
    await serverHasWatches(server.address, { data: 0, children: 0 });
  });

  // conformance 21
  it('does not fire on a grandchild, nor on a set of the node or of a child', async () => {
    const { conn, other, path } = await openTwo();
    await conn.create(`${path}/a`);
    const { watch } = await conn.childrenW(path);
    await other.create(`${path}/a/b`);
    await other.set(path, 'x');
    await other.set(`${path}/a`, 'x');
    await other.setACL(path, worldACL(31));
    await other.delete(`${path}/a/b`);
    await conn.get(path);
    expect(watch.closed).toBe(false);
    await other.create(`${path}/c`);
    expect((await watch.receive()).type).toBe(EventType.CHILD);
  });

  it('fires on the removal of its node', async () => {
    const { conn, other, path } = await openTwo();
    const { watch } = await conn.childrenW(path);
    await other.delete(path);
    expect(await watch.receive()).toMatchObject({ type: EventType.DELETED, path });
  });
});

describe('an existsW watch on a node that exists', () => {
  // conformance 21
  it('fires on a set', async () => {
    const { conn, other, path } = await openTwo();
    const { stat, watch } = await conn.existsW(path);
    expect(stat?.dataLength).toBe(3);
    await other.set(path, 'new');
    expect(await watch.receive()).toMatchObject({ type: EventType.CHANGED, path });
    await serverHasWatches(server.address, { data: 0, children: 0 });
  });

  // conformance 21
  it('fires on a delete', async () => {
    const { conn, other, path } = await openTwo();
    const { watch } = await conn.existsW(path);
    await other.delete(path);
    expect(await watch.receive()).toMatchObject({ type: EventType.DELETED, path });
    await serverHasWatches(server.address, { data: 0, children: 0 });
  });

  // conformance 21
  it('does not fire on setACL, nor on children', async () => {
    const { conn, other, path } = await openTwo();
    const { watch } = await conn.existsW(path);
    await other.setACL(path, worldACL(31));
    await other.create(`${path}/child`);
    await other.delete(`${path}/child`);
    await conn.get(path);
    expect(watch.closed).toBe(false);
    await serverHasWatches(server.address, { data: 1, children: 0 });
  });
});
