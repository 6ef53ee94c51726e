import type { Conn, Watch } from 'libzookeeper';
import { beforeAll, describe, expect, it } from 'vitest';
import { newPath, open } from '../support/connections.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});

/** What follows a promise in a program, so many steps later. */
async function deep<T>(promise: Promise<T>, depth: number): Promise<T> {
  if (depth === 0) return promise;
  return await deep(promise, depth - 1);
}

/** What a program saw of one node, in the order in which it saw it. */
type Sight = { readonly saw: 'read'; readonly version: number } | { readonly saw: 'event' };

const ROUNDS = 25;
const WATCHES = 10;
const READS_BETWEEN = 4;

interface Depths {
  readonly reads: number;
  readonly events: number;
}

/** Watches nodes, has another connection change each, and reads them all the while. */
async function watchReadAndChange(reader: Conn, writer: Conn, path: string, depths: Depths) {
  const { stat, watch } = await reader.getW(path);
  const sights: Sight[] = [];
  const fired = deep(watch.receive(), depths.events).then(() => sights.push({ saw: 'event' }));
  const reads: Promise<unknown>[] = [];
  const read = (): void => {
    const answer = deep(reader.get(path), depths.reads);
    reads.push(answer.then((seen) => sights.push({ saw: 'read', version: seen.stat.version })));
  };
  read();
  const changed = writer.set(path, 'x');
  for (let i = 0; i < READS_BETWEEN; i += 1) read();
  let isChanged = false;
  changed.then(() => {
    isChanged = true;
  });
  while (!isChanged) {
    read();
    await reads.at(-1);
  }
  read();
  await Promise.all([...reads, fired]);
  return { old: stat.version, sights };
}

function expectServersOrder(old: number, sights: readonly Sight[]): void {
  const event = sights.findIndex(({ saw }) => saw === 'event');
  sights.forEach((sight, at) => {
    if (sight.saw === 'event') return;
    // Old data is read before the event is seen, and what the event tells of is not.
    expect(sight.version, `version read at ${at}, with the event at ${event}`).toBe(
      at < event ? old : old + 1,
    );
  });
}

const variants: readonly (readonly [what: string, depths: Depths])[] = [
  ['with continuations of the same depth', { reads: 0, events: 0 }],
  ['with a deep chain behind the event', { reads: 0, events: 30 }],
  ['with a deep chain behind the read', { reads: 30, events: 0 }],
];

// conformance 26
describe('the reply of a read never shows a change whose watch event comes later, nor old data after it', () => {
  it.each(variants)('%s', async (_what, depths) => {
    const reader = await open(server.address);
    const writer = await open(server.address);
    const paths = Array.from({ length: WATCHES }, newPath);
    await Promise.all(paths.map((path) => writer.create(path)));
    for (let round = 0; round < ROUNDS; round += 1) {
      const rounds = paths.map((path) => watchReadAndChange(reader, writer, path, depths));
      for (const { old, sights } of await Promise.all(rounds)) expectServersOrder(old, sights);
    }
  });

  it('for a change that the reader itself makes: its event is seen before its answer', async () => {
    const conn = await open(server.address);
    const paths = Array.from({ length: 50 }, newPath);
    await Promise.all(paths.map((path) => conn.create(path)));
    const log: string[] = [];
    const seen: Promise<unknown>[] = [];
    const watches: Watch[] = [];
    for (const path of paths) watches.push((await conn.getW(path)).watch);
    for (const [i, path] of paths.entries()) {
      seen.push(
        deep((watches[i] as Watch).receive(), i % 9).then((event) =>
          log.push(`event ${event.path}`),
        ),
        deep(conn.set(path, 'x'), i % 5).then(() => log.push(`set ${path}`)),
      );
    }
    await Promise.all(seen);
    expect(log).toEqual(paths.flatMap((path) => [`event ${path}`, `set ${path}`]));
  });

  it('for children: a list never shows a child whose event comes later', async () => {
    const reader = await open(server.address);
    const writer = await open(server.address);
    const parent = newPath();
    await writer.create(parent);
    for (let round = 0; round < 50; round += 1) {
      const { children: old, watch } = await reader.childrenW(parent);
      let isSeen = false;
      const fired = deep(watch.receive(), 10).then(() => {
        isSeen = true;
      });
      const created = writer.create(`${parent}/${round}`);
      const lists = Array.from({ length: 10 }, async () => {
        const { children } = await reader.children(parent);
        expect(children.length).toBe(old.length + (isSeen ? 1 : 0));
      });
      await Promise.all([created, fired, ...lists]);
    }
  });

  it('for a node that comes into being', async () => {
    const reader = await open(server.address);
    const writer = await open(server.address);
    for (let round = 0; round < 50; round += 1) {
      const path = newPath();
      const { stat, watch } = await reader.existsW(path);
      expect(stat).toBeNull();
      let isSeen = false;
      const fired = deep(watch.receive(), 10).then(() => {
        isSeen = true;
      });
      const created = writer.create(path);
      const looks = Array.from({ length: 10 }, async () => {
        const found = await reader.exists(path);
        expect(found !== null).toBe(isSeen);
      });
      await Promise.all([created, fired, ...looks]);
    }
  });
});
