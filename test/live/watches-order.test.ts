import { type Conn, EventType, type Watch } from 'libzookeeper';
import { describe, expect, it } from 'vitest';
import { newPath, open, openThroughProxy } from '../support/connections.js';
import { startServer } from '../support/server.js';
import { waitFor } from '../support/wait-for.js';

const server = await startServer();

async function openWithNode() {
  const conn = await open(server.address);
  return { conn, path: await conn.create(newPath(), '0') };
}

/** The version that a read gives, after some more steps of the kind that a program makes. */
async function versionRead(conn: Conn, path: string, steps: number): Promise<number> {
  if (steps > 0) return versionRead(conn, path, steps - 1);
  const { stat } = await conn.get(path);
  return stat.version;
}

describe("a watch's event comes", () => {
  // conformance 26
  it("before the answer of one's own change", async () => {
    const { conn, path } = await openWithNode();
    const seen: string[] = [];
    const { watch } = await conn.getW(path);
    const received = watch.receive().then(() => seen.push('event'));
    await conn.set(path, '1').then(() => seen.push('set'));
    await received;
    expect(seen).toEqual(['event', 'set']);
  });

  // conformance 26
  it('after the answers of reads that did not see the change, and before those that did', async () => {
    const { conn, path } = await openWithNode();
    const seen: string[] = [];
    const note = (what: string) => (): void => {
      seen.push(what);
    };
    const { watch } = await conn.getW(path);
    await Promise.all([
      watch.receive().then(note('event')),
      conn.get(path).then(note('get before')),
      (async () => {
        await conn.exists(path);
        note('exists before')();
      })(),
      conn.set(path, '1').then(note('set')),
      conn.get(path).then(note('get after')),
    ]);
    expect(seen).toEqual(['get before', 'exists before', 'event', 'set', 'get after']);
  });

  it('in that order when all of it arrives in one piece', async () => {
    const { conn, proxy } = await openThroughProxy(server.address);
    const path = await conn.create(newPath(), '0');
    const { watch: data } = await conn.getW(path);
    const { watch: children } = await conn.childrenW(path);
    const seen: string[] = [];
    const note = (what: string) => (): void => {
      seen.push(what);
    };
    proxy.holdIncoming();
    const all = Promise.all([
      data.receive().then(note('CHANGED')),
      children.receive().then(note('CHILD')),
      versionRead(conn, path, 5).then(note('get 1')),
      conn.create(`${path}/child`).then(note('create')),
      versionRead(conn, path, 0).then(note('get 2')),
      conn.set(path, '1').then(note('set')),
      versionRead(conn, path, 5).then(note('get 3')),
      // The last answer, and so a sign that all of it is there.
      conn.getW(path).then(note('getW')),
    ]);
    let arrived = -1;
    await waitFor(
      () => {
        const isQuiet = proxy.pendingIncoming === arrived && arrived > 0;
        arrived = proxy.pendingIncoming;
        return isQuiet;
      },
      { interval: 50 },
    );
    proxy.releaseIncoming();
    await all;
    expect(seen.filter((what) => !what.startsWith('get'))).toEqual([
      'CHILD',
      'create',
      'CHANGED',
      'set',
    ]);
    expect(seen.indexOf('get 1')).toBe(0);
    expect(seen.indexOf('get 2')).toBeGreaterThan(seen.indexOf('CHILD'));
    expect(seen.indexOf('get 2')).toBeLessThan(seen.indexOf('CHANGED'));
    expect(seen.indexOf('get 3')).toBeGreaterThan(seen.indexOf('CHANGED'));
  });

  // conformance 26
  it.each([0, 3])(
    'never late nor early, against a writer without pause (%d steps)',
    async (steps) => {
      const { conn, path } = await openWithNode();
      const writer = await open(server.address);
      let isWriting = true;
      const writing = (async () => {
        while (isWriting) await writer.set(path, 'x');
      })();

      const faults: string[] = [];
      let fired = 0;
      let decisive = 0;
      while (fired < 60) {
        const { stat, watch } = await conn.getW(path);
        const registered = stat.version;
        let isSeen = false;
        const received = watch.receive().then((event) => {
          isSeen = true;
          fired += 1;
          expect(event.type).toBe(EventType.CHANGED);
        });
        const reads = Array.from({ length: 8 }, async () => {
          const version = await versionRead(conn, path, steps);
          if (version > registered) decisive += 1;
          if (version > registered && !isSeen) faults.push(`${version} read before the event`);
          if (version === registered && isSeen) faults.push(`${version} read after the event`);
        });
        await Promise.all([received, ...reads]);
      }
      isWriting = false;
      await writing;
      expect(faults).toEqual([]);
      expect(decisive).toBeGreaterThan(0);
    },
  );

  it('in the order of the changes, over many nodes', async () => {
    const { conn, path } = await openWithNode();
    const writer = await open(server.address);
    const names = Array.from({ length: 200 }, (_, index) => `${path}/${index}`);
    const watches = await Promise.all(names.map((name) => conn.existsW(name)));
    const seen: string[] = [];
    const received = watches.map(async ({ watch }: { watch: Watch }) => {
      seen.push((await watch.receive()).path);
    });
    await Promise.all(names.map((name) => writer.create(name)));
    await Promise.all(received);
    expect(seen).toEqual(names);
  });
});

describe('answers', () => {
  it('come in the order of the calls, whatever the calls', async () => {
    const { conn, path } = await openWithNode();
    const { acl } = await conn.acl(path);
    const operations: ((index: number) => Promise<unknown>)[] = [
      (index) => conn.create(`${path}/${index}`, Buffer.alloc(index * 100)),
      () => conn.get(path),
      (index) => conn.createWithStat(`${path}/${index}`),
      (index) => conn.set(path, String(index)),
      () => conn.children(path),
      () => conn.getW(path),
      () => conn.exists(path),
      () => conn.existsW(`${path}/missing`),
      (index) => conn.delete(`${path}/${index - 6}`),
      () => conn.acl(path),
      () => conn.setACL(path, acl),
      () => conn.get(path, { signal: new AbortController().signal }),
      () => conn.childrenW('/'),
      () => conn.sync('/'),
      () => conn.get(path, { encoding: 'utf8' }),
      () => conn.get(`${path}/missing`),
    ];
    const seen: number[] = [];
    const calls = Array.from({ length: 20 * operations.length }, (_, index) => {
      const settled = (): void => {
        seen.push(index);
      };
      return operations[index % operations.length]?.(index).then(settled, settled);
    });
    await Promise.all(calls);
    expect(seen).toEqual(Array.from(calls.keys()));
  });

  it('show what was written before them by the same connection', async () => {
    const { conn, path } = await openWithNode();
    const values = await Promise.all(
      Array.from({ length: 100 }, (_, index) => {
        void conn.set(path, String(index));
        return conn.get(path, { encoding: 'utf8' });
      }),
    );
    expect(values.map(({ data }) => data)).toEqual(values.map((_, index) => String(index)));
  });
});
