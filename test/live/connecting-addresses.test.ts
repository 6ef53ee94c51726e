import { networkInterfaces } from 'node:os';
import { type Conn, State } from 'libzookeeper';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { open, openSoon, openThroughProxy } from '../support/connections.js';
import { expireSession } from '../support/expire-session.js';
import { deadAddress } from '../support/listener.js';
import { startServer, type TestServer } from '../support/server.js';
import { reached } from '../support/session-states.js';
import { TcpProxy } from '../support/tcp-proxy.js';

const hasIPv6 = Object.values(networkInterfaces())
  .flat()
  .some((one) => one?.address === '::1');

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});

/** Reads every accessor of a connection: none may throw. */
function accessors(conn: Conn) {
  const { state, clientId, sessionTimeout, currentServer } = conn;
  return { state, id: clientId.id, sessionTimeout, currentServer, isEnded: conn.session.closed };
}

// conformance 11
describe('currentServer', () => {
  it('has the right port, with IPv4', async () => {
    const conn = await open(server.address);
    expect(conn.currentServer).toBe(`127.0.0.1:${server.port}`);
  });

  it.skipIf(!hasIPv6)('has the right port, with IPv6 in brackets', async () => {
    const proxy = await TcpProxy.start(server.address, { host: '::1' });
    onTestFinished(() => proxy.close());
    const conn = await open(proxy.address);
    expect(proxy.address).toMatch(/^\[::1\]:\d+$/);
    expect(conn.currentServer).toBe(proxy.address);
    expect(await conn.exists('/')).not.toBeNull();
  });

  it('is null before the first connection', async () => {
    const address = await deadAddress();
    const conn = openSoon(address);
    expect(conn.currentServer).toBeNull();
    await conn.exists('/').catch(() => {});
    expect(conn.currentServer).toBeNull();
  });

  it('is null after close', async () => {
    const conn = await open(server.address);
    await conn.close();
    expect(conn.currentServer).toBeNull();
  });

  it('is null while the connection is lost, and right again after it', async () => {
    const { conn, proxy } = await openThroughProxy(server.address, { sessionTimeout: 4000 });
    proxy.refuse();
    proxy.cut();
    await reached(conn, State.CONNECTING);
    expect(conn.currentServer).toBeNull();
    await proxy.accept();
    await reached(conn, State.CONNECTED);
    expect(conn.currentServer).toBe(proxy.address);
  });

  it('is the server that the connection moved to', async () => {
    const first = await TcpProxy.start(server.address);
    onTestFinished(() => first.close());
    const options = { randomizeServers: false, sessionTimeout: 4000 };
    const conn = await open(`${first.address},${server.address}`, options);
    expect(conn.currentServer).toBe(first.address);
    first.refuse();
    first.cut();
    await reached(conn, State.CONNECTING);
    await reached(conn, State.CONNECTED);
    expect(conn.currentServer).toBe(server.address);
  });
});

// conformance 11
describe('no accessor ever crashes', () => {
  it('before the first connection, while connected, and after close', async () => {
    const conn = openSoon(server.address, { sessionTimeout: 4000 });
    expect(accessors(conn)).toEqual({
      state: State.CONNECTING,
      id: 0n,
      sessionTimeout: 4000,
      currentServer: null,
      isEnded: false,
    });
    await reached(conn, State.CONNECTED);
    const connected = accessors(conn);
    expect(connected).toMatchObject({
      state: State.CONNECTED,
      sessionTimeout: 4000,
      currentServer: server.address,
    });
    const closing = conn.close();
    expect(() => accessors(conn)).not.toThrow();
    await closing;
    expect(accessors(conn)).toEqual({
      ...connected,
      state: State.CLOSED,
      currentServer: null,
      isEnded: true,
    });
  });

  it('after the session expired', async () => {
    const { conn, proxy } = await openThroughProxy(server.address);
    const { id } = conn.clientId;
    await expireSession(proxy, conn.clientId);
    await reached(conn, State.EXPIRED_SESSION);
    expect(accessors(conn)).toEqual({
      state: State.EXPIRED_SESSION,
      id,
      sessionTimeout: 10_000,
      currentServer: null,
      isEnded: false,
    });
  });
});
