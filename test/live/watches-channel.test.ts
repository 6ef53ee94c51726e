import {
  type Conn,
  countPendingWatches,
  EventType,
  State,
  type ZooKeeperEvent,
} from 'libzookeeper';
import { describe, expect, it } from 'vitest';
import { newPath, open, openThroughProxy } from '../support/connections.js';
import { startServer } from '../support/server.js';
import { serverHasWatches } from '../support/server-watches.js';

const server = await startServer();

const ZERO = { type: EventType.CLOSED, state: State.CLOSED, path: '', ok: false };

async function openWithWatch() {
  const conn = await open(server.address);
  const path = newPath();
  await conn.create(path, 'old');
  return { conn, path, watch: (await conn.getW(path)).watch };
}

async function collect(events: AsyncIterable<ZooKeeperEvent>): Promise<string[]> {
  const result: string[] = [];
  for await (const event of events) result.push(String(event));
  return result;
}

describe("a watch's channel", () => {
  it('keeps an event that came before anybody asked', async () => {
    const { conn, path, watch } = await openWithWatch();
    await conn.set(path, 'new');
    expect(watch.closed).toBe(true);
    expect(await watch.receive()).toMatchObject({ type: EventType.CHANGED, path });
  });

  it('gives the zero event after its end, at once and for ever', async () => {
    const { conn, path, watch } = await openWithWatch();
    await conn.set(path, 'new');
    await watch.receive();
    for (let time = 0; time < 3; time += 1) expect(await watch.receive()).toMatchObject(ZERO);
    expect(String(await watch.receive())).toMatch(/^ZooKeeper connection closed/);
  });

  it('gives its event to the first who asked, and the zero event to the others', async () => {
    const { conn, path, watch } = await openWithWatch();
    const received = [watch.receive(), watch.receive(), watch.receive()];
    await conn.set(path, 'new');
    expect(await Promise.all(received)).toMatchObject([{ type: EventType.CHANGED }, ZERO, ZERO]);
  });

  it('yields its one event to an iteration, which then ends', async () => {
    const { conn, path, watch } = await openWithWatch();
    const collected = collect(watch);
    await conn.set(path, 'new');
    expect(await collected).toEqual([`ZooKeeper connected; path changed: ${path}`]);
    expect(await collect(watch)).toEqual([]);
  });

  it('yields an event that came before to an iteration, too', async () => {
    const { conn, path, watch } = await openWithWatch();
    await conn.set(path, 'new');
    expect(await collect(watch)).toHaveLength(1);
  });

  it('yields nothing to an iteration when it is cancelled, or its connection closed', async () => {
    const { conn, path, watch } = await openWithWatch();
    const { watch: other } = await conn.getW(path);
    const collected = [collect(watch), collect(other)];
    await watch.cancel();
    await conn.close();
    expect(await Promise.all(collected)).toEqual([[], []]);
  });

  it('can be left by its iteration: the watch has fired then', async () => {
    const { conn, path, watch } = await openWithWatch();
    await conn.set(path, 'new');
    for await (const event of watch) {
      expect(event.path).toBe(path);
      break;
    }
    expect(await watch.receive()).toMatchObject(ZERO);
  });

  it('is not thenable: awaiting it gives the watch', async () => {
    const { conn, path, watch } = await openWithWatch();
    expect('then' in watch).toBe(false);
    const returned = await (async () => watch)();
    expect(returned).toBe(watch);
    expect(watch.closed).toBe(false);
    await conn.set(path, 'new');
    expect(await returned.receive()).toMatchObject({ type: EventType.CHANGED });
  });
});

describe('receive with a signal', () => {
  it('rejects with its reason when it aborts, and the watch goes on', async () => {
    const { conn, path, watch } = await openWithWatch();
    const controller = new AbortController();
    const received = watch.receive({ signal: controller.signal });
    const reason = new Error('enough');
    controller.abort(reason);
    await expect(received).rejects.toBe(reason);
    expect(watch.closed).toBe(false);
    await conn.set(path, 'new');
    expect(await watch.receive()).toMatchObject({ type: EventType.CHANGED, path });
  });

  it('rejects at once when it has aborted, and takes no event away', async () => {
    const { conn, path, watch } = await openWithWatch();
    await conn.set(path, 'new');
    await expect(watch.receive({ signal: AbortSignal.abort('enough') })).rejects.toBe('enough');
    expect(await watch.receive()).toMatchObject({ type: EventType.CHANGED, path });
  });

  it('gives way to others who ask: the event is theirs', async () => {
    const { conn, path, watch } = await openWithWatch();
    const controller = new AbortController();
    const first = watch.receive({ signal: controller.signal });
    const second = watch.receive();
    controller.abort();
    await expect(first).rejects.toMatchObject({ name: 'AbortError' });
    await conn.set(path, 'new');
    expect(await second).toMatchObject({ type: EventType.CHANGED });
  });

  it('gives the event when the signal aborts after it', async () => {
    const { conn, path, watch } = await openWithWatch();
    const controller = new AbortController();
    const received = watch.receive({ signal: controller.signal });
    await conn.set(path, 'new');
    controller.abort();
    expect(await received).toMatchObject({ type: EventType.CHANGED });
  });
});

describe('close with pending watches', () => {
  async function watchAll(conn: Conn) {
    const path = newPath();
    await conn.create(path);
    return [
      (await conn.getW(path)).watch,
      (await conn.existsW(path)).watch,
      (await conn.childrenW(path)).watch,
      (await conn.existsW(`${path}/missing`)).watch,
    ];
  }

  // conformance 25
  it('ends them without an event, and the count returns to zero', async () => {
    expect(countPendingWatches()).toBe(0);
    const conn = await open(server.address);
    expect(countPendingWatches()).toBe(1);
    const watches = await watchAll(conn);
    expect(countPendingWatches()).toBe(5);
    const [first] = watches;
    const received = first?.receive();

    await conn.close();
    expect(await received).toMatchObject(ZERO);
    for (const watch of watches) {
      expect(watch.closed).toBe(true);
      expect(await watch.receive()).toMatchObject(ZERO);
    }
    expect(countPendingWatches()).toBe(0);
    await serverHasWatches(server.address, { data: 0, children: 0 });
  });

  // conformance 25
  it('of one connection leaves those of another', async () => {
    const [conn, other] = [await open(server.address), await open(server.address)];
    expect(countPendingWatches()).toBe(2);
    await watchAll(conn);
    const theirs = await watchAll(other);
    expect(countPendingWatches()).toBe(10);
    await conn.close();
    expect(countPendingWatches()).toBe(5);
    expect(theirs.every(({ closed }) => !closed)).toBe(true);
    await serverHasWatches(server.address, { data: 2, children: 1 });
    await other.close();
    expect(countPendingWatches()).toBe(0);
  });

  it('leaves an event to be received that had come before', async () => {
    const { conn, path, watch } = await openWithWatch();
    await conn.set(path, 'new');
    await conn.close();
    expect(await watch.receive()).toMatchObject({ type: EventType.CHANGED, path });
    expect(await watch.receive()).toMatchObject(ZERO);
  });

  it('ends a watch that was still being registered', async () => {
    const { conn, proxy } = await openThroughProxy(server.address);
    const path = await conn.create(newPath());
    proxy.holdIncoming();
    const registered = conn.getW(path);
    const closed = conn.close();
    proxy.releaseIncoming();
    const { watch } = await registered;
    await closed;
    expect(watch.closed).toBe(true);
    expect(await watch.receive()).toMatchObject(ZERO);
    expect(countPendingWatches()).toBe(0);
  });
});
