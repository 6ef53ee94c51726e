import { CreateFlag, EventType, State } from 'libzookeeper';
import { beforeAll, describe, expect, it } from 'vitest';
import { newPath, open, openThroughProxy } from '../support/connections.js';
import { codeOf } from '../support/operations.js';
import { startServer, type TestServer } from '../support/server.js';
import { reached, recordStates } from '../support/session-states.js';
import { waitFor } from '../support/wait-for.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});

// conformance 3
describe('a server that goes away gives CONNECTING, its return CONNECTED', () => {
  it('when it is stopped and started; operations work again, in the same session', async () => {
    const conn = await open(server.address, { sessionTimeout: 20_000 });
    const { id } = conn.clientId;
    const path = newPath();
    await conn.create(path, 'x', { flags: CreateFlag.EPHEMERAL });
    const states = recordStates(conn);

    await server.stop();
    await reached(conn, State.CONNECTING);
    await expect(conn.get(path)).rejects.toMatchObject({ code: 'ZCONNECTIONLOSS', op: 'get' });
    await server.start();
    await reached(conn, State.CONNECTED);

    expect(states).toEqual([State.CONNECTING, State.CONNECTED]);
    expect(conn.clientId.id).toBe(id);
    const { data, stat } = await conn.get(path, { encoding: 'utf8' });
    expect([data, stat.ephemeralOwner]).toEqual(['x', id]);

    const events = [];
    for (let i = 0; i < 3; i += 1) events.push(await conn.session.receive());
    expect(events.map(String)).toEqual([
      'ZooKeeper connected',
      'ZooKeeper connecting',
      'ZooKeeper connected',
    ]);
    expect(events.every(({ type, path: of }) => type === EventType.SESSION && of === '')).toBe(
      true,
    );
  });

  it('when it crashes and is started', async () => {
    const conn = await open(server.address, { sessionTimeout: 20_000 });
    const states = recordStates(conn);
    await server.kill();
    await reached(conn, State.CONNECTING);
    await server.start();
    await reached(conn, State.CONNECTED);
    expect(await conn.exists('/')).not.toBeNull();
    expect(states).toEqual([State.CONNECTING, State.CONNECTED]);
  });

  it('and so does a connection that is cut, each time', async () => {
    const { conn, proxy } = await openThroughProxy(server.address, { sessionTimeout: 1200 });
    const states = recordStates(conn);
    for (let round = 0; round < 5; round += 1) {
      proxy.cut();
      await reached(conn, State.CONNECTING);
      await reached(conn, State.CONNECTED);
      expect(await conn.exists('/')).not.toBeNull();
    }
    expect(states).toEqual(Array(5).fill([State.CONNECTING, State.CONNECTED]).flat());
  });

  it('and a network that swallows everything is noticed within the session timeout', async () => {
    const { conn, proxy } = await openThroughProxy(server.address, { sessionTimeout: 900 });
    proxy.blackHole();
    const started = performance.now();
    await reached(conn, State.CONNECTING);
    expect(performance.now() - started).toBeLessThan(900);
    await proxy.restore();
    await reached(conn, State.CONNECTED);
  });
});

describe('requests that are in flight when the connection is lost', () => {
  it('reject with ZCONNECTIONLOSS, in the order of the calls', async () => {
    const { conn, proxy } = await openThroughProxy(server.address, { sessionTimeout: 4000 });
    proxy.holdIncoming();
    const log: string[] = [];
    const reads = Array.from({ length: 50 }, (_, i) =>
      conn.exists('/').catch(({ code }: { code: string }) => log.push(`${i} ${code}`)),
    );
    proxy.cut();
    await Promise.all(reads);
    expect(log).toEqual(Array.from({ length: 50 }, (_, i) => `${i} ZCONNECTIONLOSS`));
    await reached(conn, State.CONNECTING);
    await proxy.restore();
    await reached(conn, State.CONNECTED);
    expect(await conn.exists('/')).not.toBeNull();
  });

  it('reject with ZCONNECTIONLOSS however many there are, those not sent yet included', async () => {
    // More than the binding gives the C client at once.
    const { conn, proxy } = await openThroughProxy(server.address, { sessionTimeout: 20_000 });
    proxy.holdIncoming();
    const log: string[] = [];
    const reads = Array.from({ length: 10_000 }, (_, i) =>
      conn.exists('/').catch(({ code }: { code: string }) => log.push(`${i} ${code}`)),
    );
    await waitFor(() => proxy.pendingIncoming > 0, { what: 'the server has answered some' });
    proxy.cut();
    await Promise.all(reads);
    expect(log).toEqual(Array.from({ length: 10_000 }, (_, i) => `${i} ZCONNECTIONLOSS`));
    await reached(conn, State.CONNECTING);
    await proxy.restore();
    await reached(conn, State.CONNECTED);
    expect(await conn.exists('/')).not.toBeNull();
  });

  it('reject with ZCONNECTIONLOSS while the connection is closed, those not sent yet included', async () => {
    const { conn, proxy } = await openThroughProxy(server.address, { sessionTimeout: 20_000 });
    proxy.holdIncoming();
    const codes = Array.from({ length: 10_000 }, () => codeOf(conn.exists('/')));
    const closing = conn.close();
    await waitFor(() => proxy.pendingIncoming > 0, { what: 'the server has answered some' });
    proxy.refuse();
    proxy.cut();
    expect(new Set(await Promise.all(codes))).toEqual(new Set(['ZCONNECTIONLOSS']));
    await closing;
  });

  it('may have been applied: a create that lost its answer', async () => {
    const { conn, proxy } = await openThroughProxy(server.address, { sessionTimeout: 4000 });
    const observer = await open(server.address);
    const path = newPath();
    const { watch } = await observer.existsW(path);
    proxy.holdIncoming();
    const created = conn.create(path);
    expect(await watch.receive()).toMatchObject({ type: EventType.CREATED });
    proxy.cut();
    await expect(created).rejects.toMatchObject({ code: 'ZCONNECTIONLOSS' });
    expect(await observer.exists(path)).not.toBeNull();
  });
});
