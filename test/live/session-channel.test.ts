import { type Conn, countPendingWatches, EventType, State } from 'libzookeeper';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { open, openThroughProxy } from '../support/connections.js';
import { startServer, type TestServer } from '../support/server.js';
import { reached, recordStates } from '../support/session-states.js';
import type { TcpProxy } from '../support/tcp-proxy.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});

/** Short, for the C client's pause between two attempts to connect is a sixtieth of it. */
const sessionTimeout = 1200;

/** Cuts the connection, and waits for it to come back: two session events. */
async function cutAndReturn(conn: Conn, proxy: TcpProxy): Promise<void> {
  proxy.cut();
  await reached(conn, State.CONNECTING);
  await reached(conn, State.CONNECTED);
}

/** What is in the channel of a closed connection. */
async function statesIn(conn: Conn): Promise<State[]> {
  const states: State[] = [];
  for await (const event of conn.session) states.push(event.state);
  return states;
}

describe('the session channel', () => {
  it('keeps the newest 32 events until it is first read', async () => {
    const { conn, proxy } = await openThroughProxy(server.address, { sessionTimeout });
    const errors: unknown[] = [];
    conn.on('error', (error) => errors.push(error));
    const states = recordStates(conn);
    for (let i = 0; i < 20; i += 1) await cutAndReturn(conn, proxy);
    expect(states).toHaveLength(40);
    await conn.close();
    expect(await statesIn(conn)).toEqual(states.slice(-32));
    expect(errors).toEqual([]);
  });

  it('once opened, ends at the 33rd event that is not collected, and the connection emits error', async () => {
    const { conn, proxy } = await openThroughProxy(server.address, { sessionTimeout });
    // One event is in it: CONNECTED.
    const { session } = conn;
    const errors: unknown[] = [];
    conn.on('error', (error) => errors.push(error));
    const states = recordStates(conn);
    for (let i = 0; i < 15; i += 1) await cutAndReturn(conn, proxy);
    proxy.refuse();
    proxy.cut();
    await reached(conn, State.CONNECTING);
    expect(states).toHaveLength(31);
    expect(session.closed).toBe(false);
    expect(errors).toEqual([]);

    await proxy.accept();
    await reached(conn, State.CONNECTED);
    expect(errors).toMatchObject([{ name: 'ZooKeeperError', op: 'session' }]);
    expect(session.closed).toBe(true);
    // Once: the channel is closed, what comes now is lost.
    await cutAndReturn(conn, proxy);
    expect(errors).toHaveLength(1);
    // The connection itself lives on.
    expect(await conn.exists('/')).not.toBeNull();
  });

  it('has no end while it is read', async () => {
    const { conn, proxy } = await openThroughProxy(server.address, { sessionTimeout });
    const seen: State[] = [];
    const reader = (async () => {
      for await (const event of conn.session) seen.push(event.state);
    })();
    for (let i = 0; i < 20; i += 1) await cutAndReturn(conn, proxy);
    await conn.close();
    await reader;
    expect(seen).toHaveLength(41);
  });

  it('is the same channel at each reading of the property', async () => {
    const conn = await open(server.address);
    expect(conn.session).toBe(conn.session);
  });

  it('gives each event to one reader, in turn', async () => {
    const { conn, proxy } = await openThroughProxy(server.address, { sessionTimeout });
    await conn.session.receive();
    const events = [conn.session.receive(), conn.session.receive()];
    await cutAndReturn(conn, proxy);
    expect((await Promise.all(events)).map(({ state }) => state)).toEqual([
      State.CONNECTING,
      State.CONNECTED,
    ]);
  });

  it('gives nothing up when a reader gives up', async () => {
    const { conn, proxy } = await openThroughProxy(server.address, { sessionTimeout });
    await conn.session.receive();
    const controller = new AbortController();
    const reason = new Error('enough');
    const abandoned = conn.session.receive({ signal: controller.signal });
    controller.abort(reason);
    await expect(abandoned).rejects.toBe(reason);
    await cutAndReturn(conn, proxy);
    expect(await conn.session.receive()).toMatchObject({ state: State.CONNECTING });
  });

  it('counts as one pending watch until the connection is closed', async () => {
    const before = countPendingWatches();
    const conn = await open(server.address);
    expect(countPendingWatches()).toBe(before + 1);
    void conn.session;
    expect(countPendingWatches()).toBe(before + 1);
    await conn.close();
    expect(countPendingWatches()).toBe(before);
  });
});

describe('the session event of a connection', () => {
  it('comes for each session event, whether the channel is read or not', async () => {
    const { conn, proxy } = await openThroughProxy(server.address, { sessionTimeout });
    const events: string[] = [];
    conn.on('session', (event) => {
      expect(event.type).toBe(EventType.SESSION);
      events.push(String(event));
    });
    await cutAndReturn(conn, proxy);
    expect(events).toEqual(['ZooKeeper connecting', 'ZooKeeper connected']);
  });

  it('finds the connection’s state to be the event’s', async () => {
    const { conn, proxy } = await openThroughProxy(server.address, { sessionTimeout });
    const pairs: [State, State][] = [];
    conn.on('session', (event) => pairs.push([event.state, conn.state]));
    await cutAndReturn(conn, proxy);
    expect(pairs).toEqual([
      [State.CONNECTING, State.CONNECTING],
      [State.CONNECTED, State.CONNECTED],
    ]);
  });

  it('whose listener throws is an uncaught exception, and keeps nothing from being delivered', async () => {
    const { conn, proxy } = await openThroughProxy(server.address, { sessionTimeout });
    const uncaught: unknown[] = [];
    const others = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    process.on('uncaughtException', (error) => uncaught.push(error));
    onTestFinished(() => {
      process.removeAllListeners('uncaughtException');
      for (const other of others) process.on('uncaughtException', other);
    });
    const mistake = new Error('a mistake of the program’s');
    // It listens already: an emitter's listeners behind one that throws are not called.
    const returned = cutAndReturn(conn, proxy);
    conn.once('session', () => {
      throw mistake;
    });
    await returned;
    expect(await conn.exists('/')).not.toBeNull();
    expect(uncaught).toEqual([mistake]);
  });
});
