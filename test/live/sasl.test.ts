import { connect, dial, EventType, State } from 'libzookeeper';
import { beforeAll, describe, expect, it } from 'vitest';
import { startSaslServer, USERS } from '../support/sasl-server.js';
import type { TestServer } from '../support/server.js';

let server: TestServer;
beforeAll(async () => {
  // Whoever is not known by SASL is sent away.
  server = await startSaslServer({
    'enforce.auth.enabled': true,
    'enforce.auth.schemes': 'sasl',
  });
});

const digest = (username: string, password: string | Uint8Array = USERS[username] as string) =>
  ({ mechanism: 'DIGEST-MD5', username, password }) as const;

describe('DIGEST-MD5', () => {
  it.each(Object.keys(USERS))('makes %s the identity that access control knows', async (name) => {
    await using conn = await connect(server.address, { sasl: digest(name) });
    await conn.create(`/${name}`, 'data', { acl: [{ perms: 31, scheme: 'sasl', id: name }] });
    expect((await conn.get(`/${name}`, { encoding: 'utf8' })).data).toBe('data');
    const other = name === 'alice' ? 'bob' : 'alice';
    await using stranger = await connect(server.address, { sasl: digest(other) });
    await expect(stranger.get(`/${name}`)).rejects.toMatchObject({ code: 'ZNOAUTH' });
    await conn.delete(`/${name}`);
  });

  it('takes a password as bytes, and leaves them as they are', async () => {
    const password = Buffer.from(USERS['alice'] as string);
    await using conn = await connect(server.address, { sasl: digest('alice', password) });
    expect(await conn.exists('/')).not.toBeNull();
    expect(password.toString()).toBe(USERS['alice']);
  });

  it('is done anew on each connection, ahead of what waits, and keeps the session', async () => {
    await using conn = await connect(server.address, { sasl: digest('alice') });
    const { id } = conn.clientId;
    const { watch } = await conn.existsW('/later');
    await server.restart();
    await conn
      .create('/later', '', { flags: 1 })
      .catch(() => conn.create('/later', '', { flags: 1 }));
    expect((await watch.receive()).type).toBe(EventType.CREATED);
    expect(conn.clientId.id).toBe(id);
  });

  it('serves many connections at once', async () => {
    const conns = await Promise.all(
      Array.from({ length: 50 }, () => connect(server.address, { sasl: digest('alice') })),
    );
    await Promise.all(conns.map((conn) => conn.exists('/')));
    await Promise.all(conns.map((conn) => conn.close()));
  });
});

describe('a wrong password', () => {
  it('makes connect reject with ZAUTHFAILED at once', async () => {
    const started = performance.now();
    const error = await connect(server.address, { sasl: digest('alice', 'wrong-password') }).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ code: 'ZAUTHFAILED', op: 'dial', cause: { code: 'ERR_SASL' } });
    expect(performance.now() - started).toBeLessThan(3000);
    expect(String(error)).not.toContain('wrong-password');
  });

  it('ends what waits, and what comes later, with ZAUTHFAILED', async () => {
    const conn = dial(server.address, { sasl: digest('nobody', 'wrong') });
    const waiting = Array.from({ length: 3 }, () => conn.get('/'));
    for (const each of waiting) await expect(each).rejects.toMatchObject({ code: 'ZAUTHFAILED' });
    expect((await conn.session.receive()).state).toBe(State.AUTH_FAILED);
    expect(conn.state).toBe(State.AUTH_FAILED);
    await expect(conn.get('/')).rejects.toMatchObject({ code: 'ZAUTHFAILED' });
    await conn.close();
  });
});

it('a connection without SASL is told that the server insists on it', async () => {
  const conn = dial(server.address, { sessionTimeout: 2000 });
  await expect(conn.get('/')).rejects.toMatchObject({
    code: expect.stringMatching(/ZSESSIONCLOSEDREQUIRESASLAUTH|ZCONNECTIONLOSS/),
  });
  await conn.close();
});
