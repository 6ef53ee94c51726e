import { type Conn, CreateFlag, connect, EventType, State, type Watch } from 'libzookeeper';
import { beforeAll, describe, expect, it } from 'vitest';
import { newPath, openThroughProxy } from '../support/connections.js';
import { expireSession } from '../support/expire-session.js';
import { operations } from '../support/operations.js';
import { startServer, type TestServer } from '../support/server.js';
import { reached, recordStates } from '../support/session-states.js';
import type { TcpProxy } from '../support/tcp-proxy.js';

let server: TestServer;
/** Looks at what the others do. */
let observer: Conn;
beforeAll(async () => {
  server = await startServer();
  observer = await connect(server.address);
  return () => observer.close();
});

const expired = {
  type: EventType.SESSION,
  state: State.EXPIRED_SESSION,
  path: '',
  ok: false,
};

/** Cuts a client off until the server has given up its session, and lets it through again. */
async function outliveSession(conn: Conn, proxy: TcpProxy): Promise<void> {
  const path = newPath();
  await conn.create(path, '', { flags: CreateFlag.EPHEMERAL });
  const { watch } = await observer.existsW(path);
  proxy.refuse();
  proxy.cut();
  // It goes with the session.
  expect(await watch.receive()).toMatchObject({ type: EventType.DELETED, path });
  await proxy.accept();
}

/** A watch of each kind, on a path of its own. */
async function oneWatchOfEachKind(conn: Conn): Promise<Watch[]> {
  const [data, exists, children] = [newPath(), newPath(), newPath()];
  await conn.create(data);
  await conn.create(children);
  return [
    (await conn.getW(data)).watch,
    (await conn.existsW(exists)).watch,
    (await conn.existsW(data)).watch,
    (await conn.childrenW(children)).watch,
  ];
}

async function expectExpiry(watches: readonly Watch[]): Promise<void> {
  for (const watch of watches) {
    expect(await watch.receive()).toMatchObject(expired);
    expect(watch.closed).toBe(true);
    expect(await watch.receive()).toMatchObject({ type: EventType.CLOSED, state: State.CLOSED });
  }
}

// conformance 9
describe('a client that is cut off for longer than the session timeout', () => {
  it('sees CONNECTING, then EXPIRED_SESSION; its watches EXPIRED_SESSION, then their end; its operations reject with ZSESSIONEXPIRED', async () => {
    const { conn, proxy } = await openThroughProxy(server.address, { sessionTimeout: 1000 });
    const watches = await oneWatchOfEachKind(conn);
    await outliveSession(conn, proxy);

    const events = [];
    for (let i = 0; i < 3; i += 1) events.push(await conn.session.receive());
    expect(events.map(({ state }) => state)).toEqual([
      State.CONNECTED,
      State.CONNECTING,
      State.EXPIRED_SESSION,
    ]);
    expect(events.at(-1)).toMatchObject(expired);
    expect(conn.state).toBe(State.EXPIRED_SESSION);
    await expectExpiry(watches);
    await expect(conn.get('/')).rejects.toMatchObject({
      code: 'ZSESSIONEXPIRED',
      message: 'zookeeper: get "/": session expired',
    });
  });
});

// conformance 9
describe('after the expiry', () => {
  it('every operation rejects with ZSESSIONEXPIRED', async () => {
    const { conn, proxy } = await openThroughProxy(server.address);
    await expireSession(proxy, conn.clientId);
    await reached(conn, State.EXPIRED_SESSION);
    for (const [op, call] of operations) {
      await expect(call(conn), op).rejects.toMatchObject({ code: 'ZSESSIONEXPIRED', op });
    }
  });

  it('close is immediate, and ends the session channel', async () => {
    const { conn, proxy } = await openThroughProxy(server.address);
    await expireSession(proxy, conn.clientId);
    await reached(conn, State.EXPIRED_SESSION);
    const started = performance.now();
    await conn.close();
    expect(performance.now() - started).toBeLessThan(250);
    expect(conn.state).toBe(State.CLOSED);
    expect(conn.session.closed).toBe(true);
    await expect(conn.get('/')).rejects.toMatchObject({ code: 'ZCLOSING' });
  });

  it('nothing more is heard of the session', async () => {
    const { conn, proxy } = await openThroughProxy(server.address, { sessionTimeout: 600 });
    const states = recordStates(conn);
    await expireSession(proxy, conn.clientId);
    await reached(conn, State.EXPIRED_SESSION);
    const { accepted } = proxy;
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(states).toEqual([State.CONNECTING, State.EXPIRED_SESSION]);
    expect(proxy.accepted).toBe(accepted);
  });
});

describe('requests that are made while the client is cut off', () => {
  it('reject with ZCONNECTIONLOSS before the expiry is known, and with ZSESSIONEXPIRED from then on', async () => {
    const { conn, proxy } = await openThroughProxy(server.address, { sessionTimeout: 1000 });
    const codes: unknown[] = [];
    const outlived = outliveSession(conn, proxy);
    await reached(conn, State.CONNECTING);
    while (conn.state !== State.EXPIRED_SESSION) {
      codes.push(
        await conn.exists('/').then(
          () => 'ok',
          ({ code }) => code,
        ),
      );
    }
    await outlived;
    codes.push(
      await conn.exists('/').then(
        () => 'ok',
        ({ code }) => code,
      ),
    );
    expect(codes.length).toBeGreaterThan(1);
    expect(codes.slice(0, -2).every((code) => code === 'ZCONNECTIONLOSS')).toBe(true);
    // The last may have been on its way when it became known.
    expect(['ZCONNECTIONLOSS', 'ZSESSIONEXPIRED']).toContain(codes.at(-2));
    expect(codes.at(-1)).toBe('ZSESSIONEXPIRED');
  });
});
