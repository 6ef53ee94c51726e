import { once } from 'node:events';
import { connect, dial, EventType, State } from 'libzookeeper';
import { beforeAll, describe, expect, it } from 'vitest';
import { closeAfterTest } from '../support/close-after-test.js';
import { open, openSoon } from '../support/connections.js';
import { expectFootprint, restingFootprint } from '../support/footprint.js';
import { startServer, type TestServer } from '../support/server.js';
import { recordStates } from '../support/session-states.js';
import { TcpProxy } from '../support/tcp-proxy.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});

describe('dial', () => {
  it('returns before there is a session', () => {
    const conn = openSoon(server.address);
    expect(conn.state).toBe(State.CONNECTING);
    expect(conn.clientId.id).toBe(0n);
    expect(conn.clientId.passwd).toEqual(Buffer.alloc(16));
  });

  // conformance 3
  it('has SESSION/CONNECTED for the first session event', async () => {
    const conn = openSoon(server.address);
    const event = await conn.session.receive();
    expect(event).toMatchObject({
      type: EventType.SESSION,
      state: State.CONNECTED,
      path: '',
      ok: true,
    });
    expect(String(event)).toBe('ZooKeeper connected');
  });

  it('carries out requests that are made before there is a session, in order', async () => {
    const conn = openSoon(server.address);
    const log: string[] = [];
    await Promise.all([
      conn.create('/early', 'a').then((path) => log.push(path)),
      conn.get('/early').then(({ data }) => log.push(data.toString())),
      conn.set('/early', 'b').then(({ version }) => log.push(String(version))),
      conn.get('/early').then(({ data }) => log.push(data.toString())),
    ]);
    expect(log).toEqual(['/early', 'a', '1', 'b']);
  });

  it('keeps the timeout that was asked for until the server has chosen one', async () => {
    // The server's least is 500 ms.
    const conn = openSoon(server.address, { sessionTimeout: 100 });
    expect(conn.sessionTimeout).toBe(100);
    await once(conn, 'session');
    expect(conn.sessionTimeout).toBe(500);
  });
});

describe('connect', () => {
  it('resolves once there is a session', async () => {
    const conn = await open(server.address);
    expect(conn.state).toBe(State.CONNECTED);
    expect(conn.clientId.id).not.toBe(0n);
    expect(conn.sessionTimeout).toBe(10_000);
  });

  it('leaves the first session event in the channel', async () => {
    const conn = await open(server.address);
    expect(await conn.session.receive()).toMatchObject({ state: State.CONNECTED });
  });

  it('is not affected by a signal that aborts once it is connected', async () => {
    const controller = new AbortController();
    const conn = await open(server.address, { signal: controller.signal });
    controller.abort();
    expect(await conn.exists('/')).not.toBeNull();
  });

  it('is not affected by its timeout once it is connected', async () => {
    const conn = await open(server.address, { connectTimeout: 1000 });
    const states = recordStates(conn);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect(states).toEqual([]);
    expect(await conn.exists('/')).not.toBeNull();
  });

  it('presents the credentials of its auth option before it resolves', async () => {
    const auth = [{ scheme: 'digest', cert: 'user:password' }];
    const conn = await open(server.address, { auth });
    await conn.create('/secret', 'x', { acl: [{ perms: 31, scheme: 'auth', id: '' }] });
    expect((await conn.get('/secret')).data.toString()).toBe('x');
    const stranger = await open(server.address);
    await expect(stranger.get('/secret')).rejects.toMatchObject({ code: 'ZNOAUTH' });
  });

  it('takes the next server when one is dead', async () => {
    const dead = await TcpProxy.start(server.address);
    await dead.close();
    const options = { randomizeServers: false, sessionTimeout: 4000 };
    const conn = await open(`${dead.address},${server.address}`, options);
    expect(conn.currentServer).toBe(server.address);
  });

  it('takes an array of servers, and a chroot behind the last', async () => {
    const root = await open(server.address);
    await root.create('/app');
    const servers = [server.address, `${server.address}/app`];
    const conn = closeAfterTest(await connect(servers));
    expect(await conn.create('/a')).toBe('/a');
    expect(await root.exists('/app/a')).not.toBeNull();
  });

  it.each([
    ['around an entry', (address: string) => `  ${address}  `],
    ['around a comma', (address: string) => `${address} , ${address}`],
    ['of other kinds', (address: string) => `\t${address},\n${address}\n`],
    ['in an array', (address: string) => [` ${address} `, address]],
  ])('does not mind blanks %s', async (_where, servers) => {
    const conn = closeAfterTest(await connect(servers(server.address)));
    expect(conn.currentServer).toBe(server.address);
  });

  it('takes a chroot of a slash for none', async () => {
    const conn = await open(`${server.address}/`);
    expect(await conn.exists('/zookeeper')).not.toBeNull();
  });

  it('takes a name for a host', async () => {
    const conn = await open(`localhost:${server.port}`);
    expect(conn.currentServer).toMatch(new RegExp(`^(127\\.0\\.0\\.1|\\[::1\\]):${server.port}$`));
  });
});

describe('twenty rounds of connecting and closing', () => {
  it('leave no thread, descriptor or pending watch behind', async () => {
    await (await connect(server.address)).close();
    const before = await restingFootprint();
    for (let round = 0; round < 20; round += 1) {
      const conn = round % 2 === 0 ? await connect(server.address) : dial(server.address);
      await conn.close();
    }
    await expectFootprint(before);
  });
});
