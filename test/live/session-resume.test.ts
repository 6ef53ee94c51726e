import { ClientId, type Conn, CreateFlag, connect, EventType, redial, State } from 'libzookeeper';
import { beforeAll, describe, expect, it } from 'vitest';
import { closeAfterTest } from '../support/close-after-test.js';
import { newPath, open, openThroughProxy } from '../support/connections.js';
import { expectFootprint, restingFootprint } from '../support/footprint.js';
import { startServer, type TestServer } from '../support/server.js';
import { reached } from '../support/session-states.js';

let server: TestServer;
/** Looks at what the others do. */
let observer: Conn;
beforeAll(async () => {
  server = await startServer();
  observer = await connect(server.address);
  return () => observer.close();
});

const options = { sessionTimeout: 4000 };

/** A session with an ephemeral node, whose connection is lost for good, as that of a process that died. */
async function orphanedSession(): Promise<{ first: Conn; clientId: ClientId; path: string }> {
  const { conn: first, proxy } = await openThroughProxy(server.address, options);
  const path = newPath();
  await first.create(path, 'x', { flags: CreateFlag.EPHEMERAL });
  proxy.refuse();
  proxy.cut();
  await reached(first, State.CONNECTING);
  return { first, clientId: first.clientId, path };
}

// conformance 8
describe('redial resumes the session', () => {
  it('with the same id, and CONNECTED for its first event', async () => {
    const { clientId } = await orphanedSession();
    const second = closeAfterTest(redial(server.address, clientId, options));
    expect(second.clientId.id).toBe(clientId.id);
    expect(await second.session.receive()).toMatchObject({ state: State.CONNECTED });
    expect(second.clientId.id).toBe(clientId.id);
    expect(second.clientId.passwd).toEqual(clientId.passwd);
  });

  it('with the same ephemeral nodes, which outlive the first connection’s close', async () => {
    const { first, clientId, path } = await orphanedSession();
    const before = await observer.exists(path);
    expect(before?.ephemeralOwner).toBe(clientId.id);
    const second = closeAfterTest(redial(server.address, clientId, options));
    await reached(second, State.CONNECTED);
    await first.close();
    await second.sync('/');
    expect(await observer.exists(path)).toEqual(before);
  });

  it('and its close ends it: the ephemeral nodes go', async () => {
    const { first, clientId, path } = await orphanedSession();
    await first.close();
    const { watch } = await observer.existsW(path);
    const second = redial(server.address, clientId, options);
    await reached(second, State.CONNECTED);
    await second.close();
    expect(await watch.receive()).toMatchObject({ type: EventType.DELETED, path });
  });

  it('again and again, from one connection to the next', async () => {
    const { clientId, path } = await orphanedSession();
    let heir = clientId;
    for (let generation = 0; generation < 3; generation += 1) {
      const { conn, proxy } = await openThroughProxy(server.address, {
        ...options,
        clientId: heir,
      });
      expect(conn.clientId.id).toBe(clientId.id);
      await conn.set(path, `${generation}`);
      proxy.refuse();
      proxy.cut();
      heir = conn.clientId;
    }
    expect((await observer.get(path, { encoding: 'utf8' })).data).toBe('2');
  });

  it('with an identity that was saved and loaded', async () => {
    const { clientId, path } = await orphanedSession();
    const saved = clientId.save();
    expect(saved).toHaveLength(24);
    expect(saved.readBigInt64BE(0)).toBe(clientId.id);
    expect(saved.subarray(8)).toEqual(clientId.passwd);

    const loaded = ClientId.load(saved);
    expect(loaded).toEqual(clientId);
    const second = closeAfterTest(redial(server.address, loaded, options));
    await reached(second, State.CONNECTED);
    expect(second.clientId.id).toBe(clientId.id);
    expect((await second.exists(path))?.ephemeralOwner).toBe(clientId.id);
  });

  it('through the clientId option of connect, too', async () => {
    const { clientId } = await orphanedSession();
    const second = await open(server.address, { ...options, clientId });
    expect(second.clientId.id).toBe(clientId.id);
  });

  it('with a session timeout of its own', async () => {
    const { clientId } = await orphanedSession();
    const second = await open(server.address, { sessionTimeout: 6000, clientId });
    expect(second.clientId.id).toBe(clientId.id);
    expect(second.sessionTimeout).toBe(6000);
  });
});

const madeUp: readonly (readonly [what: string, clientId: () => ClientId | Promise<ClientId>])[] = [
  ['a made-up id', () => new ClientId(0x1234_5678_9abcn, Buffer.alloc(16, 7))],
  ['a made-up id below zero', () => new ClientId(-(2n ** 63n), Buffer.alloc(16, 7))],
  [
    'the right id with a made-up password',
    async () => new ClientId((await orphanedSession()).clientId.id, Buffer.alloc(16, 7)),
  ],
  [
    'the id of a session that was closed',
    async () => {
      const conn = await connect(server.address);
      await conn.close();
      return conn.clientId;
    },
  ],
];

// conformance 8
describe.each(madeUp)('%s', (_what, clientId) => {
  it('gives EXPIRED_SESSION for the first session event of redial', async () => {
    const conn = closeAfterTest(redial(server.address, await clientId(), options));
    const event = await conn.session.receive();
    expect(event).toMatchObject({
      type: EventType.SESSION,
      state: State.EXPIRED_SESSION,
      ok: false,
    });
    expect(String(event)).toBe('ZooKeeper session expired');
    expect(conn.state).toBe(State.EXPIRED_SESSION);
    await expect(conn.exists('/')).rejects.toMatchObject({ code: 'ZSESSIONEXPIRED', op: 'exists' });
  });

  it('makes connect reject with ZSESSIONEXPIRED', async () => {
    const given = await clientId();
    await expect(connect(server.address, { ...options, clientId: given })).rejects.toMatchObject({
      op: 'dial',
      code: 'ZSESSIONEXPIRED',
      message: 'zookeeper: dial: session expired',
    });
  });
});

describe('a connect that is refused its session', () => {
  it('leaves nothing running', async () => {
    const clientId = new ClientId(1n, Buffer.alloc(16, 7));
    const before = await restingFootprint();
    await expect(connect(server.address, { clientId })).rejects.toMatchObject({
      code: 'ZSESSIONEXPIRED',
    });
    await expectFootprint(before);
  });
});
