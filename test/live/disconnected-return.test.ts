import { type Conn, connect, State } from 'libzookeeper';
import { beforeAll, describe, expect, it } from 'vitest';
import { newPath, openProxy, openSoon, openThroughProxy } from '../support/connections.js';
import { codeOf } from '../support/operations.js';
import { startServer, type TestServer } from '../support/server.js';
import { reached } from '../support/session-states.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
  await (await connect(server.address)).close();
});

const sessionTimeout = 3000;

/** Calls, each made right after the last one failed, until one succeeds. */
async function callUntilAnswered(conn: Conn): Promise<string[]> {
  const codes: string[] = [];
  while (codes.at(-1) !== 'fulfilled') codes.push(await codeOf(conn.exists('/')));
  return codes;
}

describe('a server that comes back', () => {
  it('is found in spite of calls that never pause, and these are answered', async () => {
    const { conn, proxy } = await openThroughProxy(server.address, { sessionTimeout });
    proxy.refuse();
    proxy.cut();
    await reached(conn, State.CONNECTING);
    const calling = callUntilAnswered(conn);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await proxy.accept();
    const codes = await calling;
    expect(codes.length).toBeGreaterThan(2);
    expect(new Set(codes.slice(0, -1))).toEqual(new Set(['ZCONNECTIONLOSS']));
  });

  it('is found for the first time in the same way', async () => {
    const proxy = await openProxy(server.address);
    proxy.refuse();
    const conn = openSoon(proxy.address, { sessionTimeout });
    const calling = callUntilAnswered(conn);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await proxy.accept();
    expect((await calling).at(-1)).toBe('fulfilled');
    expect(conn.state).toBe(State.CONNECTED);
  });

  it('answers at once what was called while the attempt that succeeds was under way', async () => {
    const { conn, proxy } = await openThroughProxy(server.address, { sessionTimeout });
    proxy.holdIncoming();
    proxy.cut();
    await reached(conn, State.CONNECTING);
    // The handshake's answer is held: what is called now waits for it.
    while (proxy.pendingIncoming === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const path = newPath();
    const calls = [conn.create(path, 'x'), conn.exists(path), conn.sync('/')];
    const started = performance.now();
    proxy.releaseIncoming();
    expect(await Promise.all(calls)).toMatchObject([path, { dataLength: 1 }, undefined]);
    // Not by the C client's next ping, which would be a third of the session timeout later.
    expect(performance.now() - started).toBeLessThan(sessionTimeout / 3 - 200);
  });

  it('answers what is called in the very turn in which the session event comes', async () => {
    const { conn, proxy } = await openThroughProxy(server.address, { sessionTimeout });
    const answers: Promise<string>[] = [];
    conn.on('session', ({ ok }) => {
      if (ok) answers.push(codeOf(conn.exists('/')));
    });
    for (let round = 0; round < 10; round += 1) {
      proxy.cut();
      await reached(conn, State.CONNECTING);
      await reached(conn, State.CONNECTED);
      expect(await answers[round]).toBe('fulfilled');
    }
  });

  it('is found by the second of two servers while the first is dead, and calls do not hinder it', async () => {
    const first = await openProxy(server.address);
    const second = await openProxy(server.address);
    const servers = [first.address, second.address];
    const conn = openSoon(servers.join(), { sessionTimeout, randomizeServers: false });
    await reached(conn, State.CONNECTED);
    expect(conn.currentServer).toBe(first.address);
    first.refuse();
    first.cut();
    await reached(conn, State.CONNECTING);
    const codes = await callUntilAnswered(conn);
    expect(codes.length).toBeLessThan(5);
    expect(conn.currentServer).toBe(second.address);
  });
});
