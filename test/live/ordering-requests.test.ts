import { type Conn, worldACL } from 'libzookeeper';
import { beforeAll, describe, expect, it } from 'vitest';
import { newPath, open } from '../support/connections.js';
import { blockEventLoop } from '../support/event-loop.js';
import { patiently } from '../support/patience.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});

const ascending = (length: number): number[] => Array.from({ length }, (_, i) => i);

/** Some of each operation, on a node that is there; four are refused. */
function everyOperation(conn: Conn, path: string): Promise<unknown>[] {
  return [
    conn.get(path),
    conn.create(`${path}/a`),
    conn.exists(`${path}/missing`),
    conn.set(path, 'x'),
    conn.children(path),
    conn.acl(path),
    conn.sync(path),
    conn.createWithStat(`${path}/b`),
    conn.getW(path),
    conn.delete(`${path}/missing`),
    conn.addAuth('digest', 'user:password'),
    conn.childrenW(path),
    conn.existsW(path),
    conn.setACL(path, worldACL(31)),
    conn.get(`${path}/missing`),
    conn.delete(`${path}/a`),
    conn.create(`${path}/b`),
    conn.get(path, { encoding: 'utf8' }),
    conn.getW(`${path}/missing`),
    conn.delete(`${path}/b`),
  ];
}

describe('operations are answered in the order of the calls', () => {
  it('whatever they are', async () => {
    const conn = await open(server.address);
    const path = newPath();
    await conn.create(path);
    const log: number[] = [];
    const calls: Promise<unknown>[] = [];
    for (let round = 0; round < 20; round += 1) calls.push(...everyOperation(conn, path));
    const settled = calls.map((call, i) => {
      const note = () => log.push(i);
      return call.then(note, note);
    });
    await Promise.all(settled);
    expect(log).toEqual(ascending(calls.length));
  });

  it('and carried out in that order', async () => {
    const conn = await open(server.address);
    const path = newPath();
    await conn.create(path);
    const versions = await Promise.all(
      Array.from({ length: 500 }, (_, i) =>
        i % 2 === 0 ? conn.set(path, `${i}`) : conn.get(path, { encoding: 'utf8' }),
      ),
    );
    versions.forEach((result, i) => {
      if ('data' in result) expect(result.data).toBe(`${i - 1}`);
      else expect(result.version).toBe(i / 2 + 1);
    });
  });

  it('when answers come faster than the program takes them in', async () => {
    const conn = await open(server.address, { sessionTimeout: 4000 });
    const log: number[] = [];
    const calls = ascending(3000).map(async (i) => {
      await conn.exists('/');
      if (i % 300 === 0) blockEventLoop(30);
      log.push(i);
    });
    await Promise.all(calls);
    expect(log).toEqual(ascending(calls.length));
  });

  it('when the program makes more of them meanwhile', async () => {
    const conn = await open(server.address);
    const log: number[] = [];
    let next = 0;
    const callAndGoOn = async (): Promise<void> => {
      const mine = next;
      next += 1;
      await conn.exists('/');
      log.push(mine);
      if (next < 5000) await Promise.all([callAndGoOn(), callAndGoOn()]);
    };
    await callAndGoOn();
    expect(log).toEqual(ascending(log.length));
    expect(log.length).toBeGreaterThanOrEqual(5000);
  });
});

describe('a program that is slow over its answers', () => {
  it('leaves the event loop its turns while they keep coming', async () => {
    const conn = await open(server.address);
    const inFlight = 200;
    let answers = 0;
    let mostInOneTurn = 0;
    // Not by a timer: it leaves out turns that are shorter than its interval.
    const onTurn = (): void => {
      mostInOneTurn = Math.max(mostInOneTurn, answers);
      answers = 0;
      turn = setImmediate(onTurn);
    };
    let turn = setImmediate(onTurn);
    const started = performance.now();
    const readOnAndOn = async (): Promise<void> => {
      while (performance.now() - started < 3000) {
        await conn.exists('/');
        answers += 1;
        blockEventLoop(0.5);
      }
    };
    await Promise.all(Array.from({ length: inFlight }, readOnAndOn));
    clearImmediate(turn);
    mostInOneTurn = Math.max(mostInOneTurn, answers);
    // Those that were there at its start, and those that came before it was at their end.
    expect(mostInOneTurn).toBeLessThanOrEqual(2 * inFlight);
  });
});

describe('100 000 reads at once', () => {
  it(
    'are all answered, in order, with what they asked for, and the event loop gets its turns',
    async () => {
      const conn = await open(server.address);
      const parent = newPath();
      const paths = ascending(10).map((i) => `${parent}/${i}`);
      await conn.create(parent);
      for (const [i, path] of paths.entries()) await conn.create(path, `data ${i}`);
      let turns = 0;
      const timer = setInterval(() => {
        turns += 1;
      }, 5);
      let answered = 0;
      const results = await Promise.all(
        ascending(100_000).map(async (i) => {
          const { data } = await conn.get(paths[i % 10] as string);
          // Not one expectation each: that would be what takes the time.
          if (answered !== i) throw new Error(`answer ${i} came as number ${answered}`);
          answered += 1;
          return data;
        }),
      );
      clearInterval(timer);
      expect(results).toHaveLength(100_000);
      expect(results.every((data, i) => data.toString('latin1') === `data ${i % 10}`)).toBe(true);
      expect(turns).toBeGreaterThan(10);
    },
    patiently(60_000),
  );
});
