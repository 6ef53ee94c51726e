import { type Conn, ErrorCode, isError, type Stat } from 'libzookeeper';
import { describe, expect, it, vi } from 'vitest';
import { newPath, open } from '../support/connections.js';
import { startServer } from '../support/server.js';

const server = await startServer();

async function openTwo(): Promise<{ conn: Conn; other: Conn }> {
  const [conn, other] = await Promise.all([open(server.address), open(server.address)]);
  return { conn, other };
}

async function read(conn: Conn, path: string): Promise<[data: string, version: number]> {
  const { data, stat } = await conn.get(path, { encoding: 'utf8' });
  return [data, stat.version];
}

/**
 * A change that notes what it is called with, and has somebody else be faster: `rivals[0]` at the
 * first call, and so on.
 */
function rivalled(...rivals: (() => Promise<unknown>)[]) {
  const calls: [data: string, version: number | null][] = [];
  const change = async (data: Buffer, stat: Stat | null): Promise<string> => {
    calls.push([data.toString(), stat?.version ?? null]);
    await rivals[calls.length - 1]?.();
    return `${data}+`;
  };
  return { calls, change };
}

describe('retryChange reads again and calls change again', () => {
  // conformance 30
  it('when the node was created meanwhile', async () => {
    const { conn, other } = await openTwo();
    const path = newPath();
    const { calls, change } = rivalled(() => other.create(path, 'theirs'));
    await conn.retryChange(path, change);
    expect(calls).toEqual([
      ['', null],
      ['theirs', 0],
    ]);
    expect(await read(conn, path)).toEqual(['theirs+', 1]);
  });

  // conformance 30
  it('when the node was changed meanwhile', async () => {
    const { conn, other } = await openTwo();
    const path = await conn.create(newPath(), 'old');
    const { calls, change } = rivalled(() => other.set(path, 'theirs'));
    await conn.retryChange(path, change);
    expect(calls).toEqual([
      ['old', 0],
      ['theirs', 1],
    ]);
    expect(await read(conn, path)).toEqual(['theirs+', 2]);
  });

  it('when the node was changed meanwhile, to the same data', async () => {
    const { conn, other } = await openTwo();
    const path = await conn.create(newPath(), 'old');
    const { calls, change } = rivalled(() => other.set(path, 'old'));
    await conn.retryChange(path, change);
    expect(calls).toEqual([
      ['old', 0],
      ['old', 1],
    ]);
    expect(await read(conn, path)).toEqual(['old+', 2]);
  });

  // conformance 30
  it('when the node was deleted meanwhile', async () => {
    const { conn, other } = await openTwo();
    const path = await conn.create(newPath(), 'old');
    const { calls, change } = rivalled(() => other.delete(path));
    await conn.retryChange(path, change);
    expect(calls).toEqual([
      ['old', 0],
      ['', null],
    ]);
    expect(await read(conn, path)).toEqual(['+', 0]);
  });

  it('as often as somebody is faster, in whatever way', async () => {
    const { conn, other } = await openTwo();
    const path = newPath();
    const { calls, change } = rivalled(
      () => other.create(path, 'a'),
      () => other.set(path, 'b'),
      () => other.delete(path),
      () => other.create(path, 'c'),
      () => other.delete(path),
      () => other.create(path, 'd'),
      () => other.set(path, 'e'),
      () => other.set(path, 'f'),
    );
    await conn.retryChange(path, change);
    expect(calls).toEqual([
      ['', null],
      ['a', 0],
      ['b', 1],
      ['', null],
      ['c', 0],
      ['', null],
      ['d', 0],
      ['e', 1],
      ['f', 2],
    ]);
    expect(await read(conn, path)).toEqual(['f+', 3]);
  });

  it('and writes nothing when the others have done it already', async () => {
    const { conn, other } = await openTwo();
    const path = newPath();
    const change = vi.fn(async (data: Buffer) => {
      if (data.length === 0) await other.create(path, 'done');
      return 'done';
    });
    await conn.retryChange(path, change);
    expect(change).toHaveBeenCalledTimes(2);
    expect(await read(conn, path)).toEqual(['done', 0]);
  });

  it('and gives up when the second call of change throws', async () => {
    const { conn, other } = await openTwo();
    const path = newPath();
    const enough = new Error('enough');
    const change = vi.fn(async (_: Buffer, stat: Stat | null) => {
      if (stat !== null) throw enough;
      await other.create(path, 'theirs');
      return 'ours';
    });
    await expect(conn.retryChange(path, change)).rejects.toBe(enough);
    expect(change).toHaveBeenCalledTimes(2);
    expect(await read(conn, path)).toEqual(['theirs', 0]);
  });
});

describe('a race of retryChange', () => {
  const increment = (old: Buffer): string => String(Number(old.toString()) + 1);

  // conformance 30
  it('between connections counts every change exactly once', async () => {
    const conns = await Promise.all(Array.from({ length: 4 }, () => open(server.address)));
    const path = newPath();
    const change = vi.fn(increment);
    await Promise.all(
      conns.map(async (conn) => {
        for (let time = 0; time < 25; time += 1) await conn.retryChange(path, change);
      }),
    );
    expect(await read(conns[0] as Conn, path)).toEqual(['100', 99]);
    // There was a race at all.
    expect(change.mock.calls.length).toBeGreaterThan(100);
  });

  it('on one connection, all at once, does so too', async () => {
    const conn = await open(server.address);
    const path = newPath();
    await Promise.all(Array.from({ length: 20 }, () => conn.retryChange(path, increment)));
    expect(await read(conn, path)).toEqual(['20', 19]);
  });

  it('with one who deletes ends, and leaves no doubt', async () => {
    const { conn, other } = await openTwo();
    const path = newPath();
    let isOver = false;
    const deleting = (async () => {
      while (!isOver) {
        await other.delete(path).catch((error: unknown) => {
          if (!isError(error, ErrorCode.ZNONODE)) throw error;
        });
      }
    })();
    for (let time = 0; time < 30; time += 1) await conn.retryChange(path, increment);
    isOver = true;
    await deleting;
  });
});
