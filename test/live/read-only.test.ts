import { type Conn, connect, State } from 'libzookeeper';
import { beforeAll, describe, expect, it } from 'vitest';
import { open, openSoon } from '../support/connections.js';
import { startEnsemble, type TestEnsemble } from '../support/ensemble.js';
import { footprint } from '../support/footprint.js';
import { blackHole, deadAddress, listen } from '../support/listener.js';
import { patiently } from '../support/patience.js';
import { createServer, startServer } from '../support/server.js';
import { reached, recordStates } from '../support/session-states.js';
import { waitFor } from '../support/wait-for.js';

const readOnly = { readOnly: true, randomizeServers: false, sessionTimeout: 10_000 };

describe('a server that is cut off from the others', () => {
  let ensemble: TestEnsemble;
  /** The one that is left. */
  let left: string;

  beforeAll(async () => {
    ensemble = await startEnsemble({
      // It serves new sessions only where sessions may be a server's own.
      zooCfg: { localSessionsEnabled: true, localSessionsUpgradingEnabled: true },
      jvmProperties: { 'readonlymode.enabled': true },
    });
    left = ensemble.member(1).address;
    const conn = await connect(ensemble.address);
    await conn.create('/kept', 'data');
    await conn.create('/kept/child');
    await conn.sync('/');
    await conn.close();
    await Promise.all([ensemble.member(2).kill(), ensemble.member(3).kill()]);
    // Until it has given the others up it serves nobody.
    await waitFor(
      async () => {
        await using first = await connect(left, readOnly);
        return first.state === State.READONLY;
      },
      { what: 'it serves readers', timeout: 40_000 },
    );
  }, patiently(60_000));

  it('is read by those who ask for no more', async () => {
    const conn = await open(left, readOnly);
    expect(conn.state).toBe(State.READONLY);
    expect(conn.currentServer).toBe(left);
    expect((await conn.get('/kept', { encoding: 'utf8' })).data).toBe('data');
    expect((await conn.children('/kept')).children).toEqual(['child']);
    expect(await conn.exists('/missing')).toBeNull();
  });

  it('takes no change: ZNOTREADONLY', async () => {
    const conn = await open(left, readOnly);
    const changes = [conn.set('/kept', 'other'), conn.create('/new'), conn.delete('/kept/child')];
    for (const change of changes) {
      await expect(change).rejects.toMatchObject({ code: 'ZNOTREADONLY', errno: -119 });
    }
    expect((await conn.get('/kept', { encoding: 'utf8' })).data).toBe('data');
  });

  it('tells the session channel: connected read-only', async () => {
    const conn = openSoon(left, readOnly);
    const event = await conn.session.receive();
    expect(event.state).toBe(State.READONLY);
    expect(event.ok).toBe(false);
    expect(String(event)).toBe('ZooKeeper connected read-only');
  });

  it('lets a close wait for what is in flight', async () => {
    const conn = await open(left, readOnly);
    const read = conn.get('/kept');
    await conn.close();
    expect((await read).data.toString()).toBe('data');
  });

  it('serves nobody else', async () => {
    await expect(
      connect(left, { sessionTimeout: 4000, connectTimeout: 1500 }),
    ).rejects.toMatchObject({ code: 'ZOPERATIONTIMEOUT' });
  });

  it('is left for one that takes changes, past one that says nothing and one that is not there', async () => {
    const later = await createServer();
    const silent = await blackHole();
    const servers = [left, silent.address, await deadAddress(), later.address].join();
    const conn = await open(servers, readOnly);
    expect(conn.state).toBe(State.READONLY);
    const states = recordStates(conn);
    await waitFor(() => silent.accepted >= 2, { what: 'it looks for a better one' });

    // Nothing is read before: the other one, which has not done as much, refuses whoever has seen more.
    await later.start();
    await reached(conn, State.CONNECTED);
    expect(states).toEqual([State.CONNECTING, State.CONNECTED]);
    expect(conn.currentServer).toBe(later.address);
    await conn.create('/kept', 'here');
  });

  it('is not left for one that is read-only, too, nor for one that talks nonsense', async () => {
    const answers: string[] = [];
    const talkers = await Promise.all(
      ['ro', 'r', 'wr', 'This ZooKeeper instance is not currently serving requests\n'].map(
        (answer) =>
          listen((socket) =>
            socket.once('data', (asked) => {
              answers.push(String(asked));
              socket.end(answer);
            }),
          ),
      ),
    );
    const servers = [left, ...talkers.map(({ address }) => address)].join();
    const conn = await open(servers, readOnly);
    const states = recordStates(conn);
    await waitFor(() => talkers.every(({ accepted }) => accepted >= 3), {
      what: 'each was asked, and asked again',
    });
    expect(new Set(answers)).toEqual(new Set(['isro']));
    expect(states).toEqual([]);
    expect(conn.currentServer).toBe(left);
  });

  it('costs no descriptor, and no answer its time, while a better one is looked for', async () => {
    const silent = await blackHole();
    const dead = await deadAddress();
    const conn = await open([left, dead, silent.address, dead].join(), readOnly);
    await waitFor(() => silent.accepted >= 1);
    const before = footprint().descriptors;
    const slowest = await slowestRead(conn, () => silent.accepted >= 4);
    // The silent one is waited for, a second each time, by nobody who is needed.
    expect(slowest).toBeLessThan(500);
    await waitFor(() => footprint().descriptors <= before + 2, { what: 'no descriptor is left' });
    const begin = performance.now();
    await conn.close();
    expect(performance.now() - begin).toBeLessThan(1500);
  });

  it('goes on with the others once they are back, and so does the connection', async () => {
    const conn = await open(ensemble.address, readOnly);
    expect(conn.state).toBe(State.READONLY);
    await Promise.all([ensemble.member(2).start(), ensemble.member(3).start()]);
    await reached(conn, State.CONNECTED);
    await conn.set('/kept', 'changed');
  });
});

describe('readOnly', () => {
  it('makes no difference on a server that takes changes', async () => {
    const server = await startServer();
    const conn = await open(server.address, readOnly);
    expect(conn.state).toBe(State.CONNECTED);
    await conn.create('/new');
  });
});

/** Reads without a pause until that is so. @returns how long the slowest took, in ms */
async function slowestRead(conn: Conn, isDone: () => boolean): Promise<number> {
  let slowest = 0;
  await waitFor(
    async () => {
      const begin = performance.now();
      await conn.get('/kept');
      slowest = Math.max(slowest, performance.now() - begin);
      return isDone();
    },
    { what: 'it was looked for some times', timeout: 20_000 },
  );
  return slowest;
}
