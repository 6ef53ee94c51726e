import { CreateFlag, EventType, State } from 'libzookeeper';
import { beforeAll, describe, expect, it } from 'vitest';
import { newPath, open } from '../support/connections.js';
import { operations } from '../support/operations.js';
import { startServer, type TestServer } from '../support/server.js';
import { reached, recordStates } from '../support/session-states.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});

const authFailed = { type: EventType.SESSION, state: State.AUTH_FAILED, path: '', ok: false };

// conformance 10
describe('a refused addAuth scheme', () => {
  it('rejects with ZAUTHFAILED', async () => {
    const conn = await open(server.address);
    await expect(conn.addAuth('nonsense', 'x')).rejects.toMatchObject({
      op: 'addAuth',
      code: 'ZAUTHFAILED',
      message: 'zookeeper: addAuth: authentication failed',
    });
  });

  it('gives AUTH_FAILED to the session and to every watch, and ends the watches', async () => {
    const conn = await open(server.address);
    const path = newPath();
    const watches = [
      (await conn.getW('/')).watch,
      (await conn.existsW(path)).watch,
      (await conn.childrenW('/')).watch,
    ];
    await conn.addAuth('nonsense', 'x').catch(() => {});
    await reached(conn, State.AUTH_FAILED);
    expect(await conn.session.receive()).toMatchObject({ state: State.CONNECTED });
    const event = await conn.session.receive();
    expect(event).toMatchObject(authFailed);
    expect(String(event)).toBe('ZooKeeper authentication failed');
    for (const watch of watches) {
      expect(await watch.receive()).toMatchObject(authFailed);
      expect(watch.closed).toBe(true);
      expect(await watch.receive()).toMatchObject({ type: EventType.CLOSED });
    }
  });

  it('makes every later operation reject with ZAUTHFAILED', async () => {
    const conn = await open(server.address);
    await conn.addAuth('nonsense', 'x').catch(() => {});
    for (const [op, call] of operations) {
      await expect(call(conn), op).rejects.toMatchObject({ code: 'ZAUTHFAILED', op });
    }
    await reached(conn, State.AUTH_FAILED);
    expect(conn.currentServer).toBeNull();
  });

  it('is the last that is heard of the session, and close is immediate', async () => {
    const conn = await open(server.address, { sessionTimeout: 600 });
    const states = recordStates(conn);
    await conn.addAuth('nonsense', 'x').catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 100));
    const started = performance.now();
    await conn.close();
    expect(performance.now() - started).toBeLessThan(250);
    expect(states).toEqual([State.AUTH_FAILED]);
  });

  it('fails what is behind it in the same turn', async () => {
    const conn = await open(server.address);
    const results = await Promise.allSettled([
      conn.exists('/'),
      conn.addAuth('nonsense', 'x'),
      conn.exists('/'),
      conn.addAuth('digest', 'a:b'),
    ]);
    expect(results).toMatchObject([
      { status: 'fulfilled' },
      { reason: { code: 'ZAUTHFAILED' } },
      { reason: { code: 'ZAUTHFAILED' } },
      { reason: { code: 'ZAUTHFAILED' } },
    ]);
  });

  it('behind one that was taken rejects alone', async () => {
    const conn = await open(server.address);
    const results = await Promise.allSettled([
      conn.addAuth('digest', 'a:b'),
      conn.addAuth('nonsense', 'x'),
    ]);
    expect(results).toMatchObject([{ status: 'fulfilled' }, { reason: { code: 'ZAUTHFAILED' } }]);
  });

  it('does nothing to another connection', async () => {
    const conn = await open(server.address);
    const other = await open(server.address);
    const path = newPath();
    await other.create(path, '', { flags: CreateFlag.EPHEMERAL });
    await conn.addAuth('nonsense', 'x').catch(() => {});
    expect(other.state).toBe(State.CONNECTED);
    expect(await other.exists(path)).not.toBeNull();
  });
});
