import { setTimeout as sleep } from 'node:timers/promises';
import { type Conn, State } from 'libzookeeper';
import { beforeAll, describe, expect, it } from 'vitest';
import { open, openThroughProxy } from '../support/connections.js';
import { codeOf } from '../support/operations.js';
import { startServer, type TestServer } from '../support/server.js';
import { reached } from '../support/session-states.js';
import type { TcpProxy } from '../support/tcp-proxy.js';
import { waitFor } from '../support/wait-for.js';
import { isFull } from './scale.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});

// A server that starts has sessions expire before it takes the first connection: on a busy machine, that was some 2 seconds.
const SESSION_TIMEOUTS = [5000, 8000, 10_000];

/** When the connection is there again, by the clock of `performance.now()`. */
async function back(conn: Conn): Promise<number> {
  await reached(conn, State.CONNECTED);
  return performance.now();
}

/** How long after the server serves again each connection is back, when it was gone for so long. In milliseconds. */
async function absence(conns: readonly Conn[], ms: number): Promise<number[]> {
  await server.kill();
  await Promise.all(conns.map((conn) => reached(conn, State.CONNECTING)));
  await sleep(ms);
  const returns = conns.map(back);
  await server.start();
  const serving = performance.now();
  return (await Promise.all(returns)).map((moment) => Math.round(moment - serving));
}

describe('once a server serves again, each connection is back within a second', () => {
  const openEach = () =>
    Promise.all(SESSION_TIMEOUTS.map((sessionTimeout) => open(server.address, { sessionTimeout })));

  // A server that is starting takes connections on which it never answers: one restart of a few meets with that.
  it('when it was gone for a moment, again and again', async () => {
    const conns = await openEach();
    const took: number[][] = [];
    for (let round = 0; round < (isFull ? 20 : 3); round += 1) took.push(await absence(conns, 0));
    console.log(`back after [ms] ${JSON.stringify(took)}`);
    expect(Math.max(...took.flat())).toBeLessThan(1000);
  });

  it.each(isFull ? [2000, 5000, 15_000, 60_000] : [2000])(
    'when it was gone for %s ms',
    async (ms) => {
      const conns = await openEach();
      const took = await absence(conns, ms);
      console.log(`back after [ms] ${JSON.stringify(took)}`);
      expect(Math.max(...took)).toBeLessThan(1000);
    },
  );
});

/** A connection that was lost, to a server that was away, and takes connections again, but does not answer. */
async function silentComeback(): Promise<{ conn: Conn; proxy: TcpProxy; before: number }> {
  const { conn, proxy } = await openThroughProxy(server.address, { sessionTimeout: 15_000 });
  const before = proxy.accepted;
  proxy.refuse();
  proxy.cut();
  await reached(conn, State.CONNECTING);
  // It fails with an attempt to connect.
  expect(await codeOf(conn.exists('/'))).toBe('ZCONNECTIONLOSS');
  proxy.holdIncoming();
  await proxy.accept();
  return { conn, proxy, before };
}

const attempts = (proxy: TcpProxy, count: number) =>
  waitFor(() => proxy.accepted >= count, { what: `attempt ${count} to connect` });

describe('a server that takes a connection and does not answer', () => {
  it('is tried again soon when it was away: it may have been starting', async () => {
    const { conn, proxy, before } = await silentComeback();
    await attempts(proxy, before + 1);
    const since = performance.now();
    await attempts(proxy, before + 2);
    expect(performance.now() - since).toBeLessThan(1500);
    proxy.releaseIncoming();
    await reached(conn, State.CONNECTED);
  });

  it('is given more time with each attempt, in case that it is slow', async () => {
    const { conn, proxy, before } = await silentComeback();
    await attempts(proxy, before + 3);
    // The first had half a second, and the second a whole one.
    await sleep(1300);
    proxy.releaseIncoming();
    await reached(conn, State.CONNECTED);
    expect(proxy.accepted).toBe(before + 3);
  });

  it('is waited for when it was not away', async () => {
    const { conn, proxy } = await openThroughProxy(server.address, { sessionTimeout: 15_000 });
    const before = proxy.accepted;
    proxy.holdIncoming();
    proxy.cut();
    await reached(conn, State.CONNECTING);
    await attempts(proxy, before + 1);
    await sleep(1500);
    proxy.releaseIncoming();
    await reached(conn, State.CONNECTED);
    expect(proxy.accepted).toBe(before + 1);
  });

  it('is tried again soon after each absence, slow as it was after the one before', async () => {
    const { conn, proxy, before } = await silentComeback();
    await attempts(proxy, before + 3);
    proxy.refuse();
    proxy.cut();
    // The first may still fail with the attempt that was cut, the second fails with one that was refused.
    for (let call = 1; call <= 2; call += 1) {
      expect(await codeOf(conn.exists('/'))).toBe('ZCONNECTIONLOSS');
    }
    await proxy.accept();
    const again = proxy.accepted;
    await attempts(proxy, again + 1);
    const since = performance.now();
    await attempts(proxy, again + 2);
    expect(performance.now() - since).toBeLessThan(1500);
    proxy.releaseIncoming();
    await reached(conn, State.CONNECTED);
  });
});
