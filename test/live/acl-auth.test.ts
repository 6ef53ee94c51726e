import { authACL, type Conn, type DialOptions, digestACL, Perm, State } from 'libzookeeper';
import { describe, expect, it } from 'vitest';
import { newPath, open, openSoon, openThroughProxy } from '../support/connections.js';
import { startServer } from '../support/server.js';
import { waitFor } from '../support/wait-for.js';

const server = await startServer();

/** A node that only `name`, with the password `secret`, may touch. */
async function createSecretOf(name: string): Promise<string> {
  const conn = await open(server.address);
  const acl = digestACL(Perm.ALL, name, 'secret');
  return conn.create(newPath(), `of ${name}`, { acl });
}

async function read(conn: Conn, path: string): Promise<string> {
  return (await conn.get(path, { encoding: 'utf8' })).data;
}

const alices: Pick<DialOptions, 'auth'> = { auth: [{ scheme: 'digest', cert: 'alice:secret' }] };

describe('addAuth', () => {
  // conformance 27
  it('opens what was ZNOAUTH before', async () => {
    const path = await createSecretOf('alice');
    const conn = await open(server.address);
    await expect(conn.get(path)).rejects.toMatchObject({ code: 'ZNOAUTH', op: 'get', path });
    await expect(conn.set(path, 'x')).rejects.toMatchObject({ code: 'ZNOAUTH' });
    await expect(conn.children(path)).rejects.toMatchObject({ code: 'ZNOAUTH' });
    await expect(conn.create(`${path}/a`)).rejects.toMatchObject({ code: 'ZNOAUTH' });

    expect(await conn.addAuth('digest', 'alice:secret')).toBeUndefined();
    expect(await read(conn, path)).toBe('of alice');
    expect((await conn.set(path, 'x')).version).toBe(1);
    expect((await conn.children(path)).children).toEqual([]);
    expect(await conn.create(`${path}/a`)).toBe(`${path}/a`);
  });

  it('with another password, or of another user, opens nothing', async () => {
    const path = await createSecretOf('alice');
    const conn = await open(server.address);
    await conn.addAuth('digest', 'alice:wrong');
    await conn.addAuth('digest', 'bob:secret');
    await expect(conn.get(path)).rejects.toMatchObject({ code: 'ZNOAUTH' });
  });

  // conformance 27
  it('is kept over a reconnection', async () => {
    const path = await createSecretOf('alice');
    const { conn, proxy } = await openThroughProxy(server.address);
    await conn.addAuth('digest', 'alice:secret');
    for (let time = 0; time < 2; time += 1) {
      expect((await conn.session.receive()).state).toBe(State.CONNECTED);
      proxy.cut();
      expect((await conn.session.receive()).state).toBe(State.CONNECTING);
    }
    expect((await conn.session.receive()).state).toBe(State.CONNECTED);
    expect(await read(conn, path)).toBe('of alice');
  });

  it('counts for every request that is made after it, before its own answer, too', async () => {
    const path = await createSecretOf('alice');
    const conn = await open(server.address);
    const seen: string[] = [];
    const added = conn.addAuth('digest', 'alice:secret').then(() => seen.push('added'));
    const data = read(conn, path).finally(() => seen.push('read'));
    expect(await data).toBe('of alice');
    await added;
    expect(seen).toEqual(['added', 'read']);
  });

  it('takes bytes as well as a string', async () => {
    const path = await createSecretOf('alice');
    const conn = await open(server.address);
    const bytes = Buffer.from('<alice:secret>');
    await conn.addAuth('digest', bytes.subarray(1, -1));
    expect(await read(conn, path)).toBe('of alice');
  });

  it('of what is known already is fine', async () => {
    const path = await createSecretOf('alice');
    const conn = await open(server.address, alices);
    for (let time = 0; time < 3; time += 1) await conn.addAuth('digest', 'alice:secret');
    expect(await read(conn, path)).toBe('of alice');
  });
});

describe('two addAuth at once', () => {
  it('both count', async () => {
    const [first, second] = [await createSecretOf('alice'), await createSecretOf('bob')];
    const conn = await open(server.address);
    await Promise.all([
      conn.addAuth('digest', 'alice:secret'),
      conn.addAuth('digest', 'bob:secret'),
    ]);
    expect(await read(conn, first)).toBe('of alice');
    expect(await read(conn, second)).toBe('of bob');
  });

  it('get each its own answer', async () => {
    const conn = await open(server.address);
    const [good, bad, none] = await Promise.allSettled([
      conn.addAuth('digest', 'alice:secret'),
      conn.addAuth('nonsense', 'x'),
      conn.addAuth('digest', 'bob:secret'),
    ]);
    expect(good).toEqual({ status: 'fulfilled', value: undefined });
    const failure = { code: 'ZAUTHFAILED', op: 'addAuth' };
    expect(bad).toMatchObject({ status: 'rejected', reason: failure });
    expect(none).toMatchObject({ status: 'rejected', reason: failure });
  });

  it('are answered in the order of the calls, when one of them ends the session, too', async () => {
    const conn = await open(server.address);
    const seen: number[] = [];
    await Promise.all(
      ['digest', 'nonsense', 'digest', 'digest'].map((scheme, index) =>
        conn.addAuth(scheme, 'alice:secret').then(
          () => seen.push(index),
          () => seen.push(index),
        ),
      ),
    );
    expect(seen).toEqual([0, 1, 2, 3]);
  });

  it('or twenty, are answered one by one, in their order', async () => {
    const conn = await open(server.address);
    const seen: number[] = [];
    await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        await conn.addAuth('digest', `user${index}:secret`);
        seen.push(index);
      }),
    );
    expect(seen).toEqual(Array.from(seen.keys()));
    const path = await conn.create(newPath(), '', { acl: authACL(Perm.ALL) });
    expect((await conn.acl(path)).acl).toHaveLength(20);
  });
});

describe('addAuth in the middle of many requests', () => {
  it('loses none of them, and keeps their order', async () => {
    const path = await createSecretOf('alice');
    const conn = await open(server.address);
    const mine = await conn.create(newPath());
    // More than the socket takes at once: when the credential comes, a request is half sent.
    const bytes = Buffer.alloc(20_000, 'x');
    const sets = (): Promise<number>[] =>
      Array.from({ length: 300 }, async () => (await conn.set(mine, bytes)).version);

    const before = sets();
    const first = conn.addAuth('digest', 'alice:secret');
    const between = sets();
    const second = conn.addAuth('digest', 'bob:secret');
    const after = sets();
    const data = read(conn, path);
    await Promise.all([first, second]);
    const versions = await Promise.all([...before, ...between, ...after]);
    expect(versions).toEqual(Array.from(versions.keys(), (index) => index + 1));
    expect(await data).toBe('of alice');
    expect(conn.state).toBe(State.CONNECTED);
  });
});

describe('addAuth without a connection', () => {
  it('waits for it when there is none yet', async () => {
    const path = await createSecretOf('alice');
    const conn = openSoon(server.address);
    const added = conn.addAuth('digest', 'alice:secret');
    expect(await read(conn, path)).toBe('of alice');
    await added;
  });

  it('rejects with ZCONNECTIONLOSS when none comes about', async () => {
    const { conn, proxy } = await openThroughProxy(server.address);
    proxy.refuse();
    proxy.cut();
    expect((await conn.session.receive()).state).toBe(State.CONNECTED);
    expect((await conn.session.receive()).state).toBe(State.CONNECTING);
    const failure = { code: 'ZCONNECTIONLOSS', op: 'addAuth' };
    await expect(conn.addAuth('digest', 'alice:secret')).rejects.toMatchObject(failure);
  });

  it.each(['holdIncoming', 'holdOutgoing'] as const)(
    'rejects with ZCONNECTIONLOSS when it is lost meanwhile, and can be tried again (%s)',
    async (hold) => {
      const path = await createSecretOf('alice');
      const { conn, proxy } = await openThroughProxy(server.address);
      proxy[hold]();
      const added = conn.addAuth('digest', 'alice:secret');
      added.catch(() => {});
      await waitFor(() => proxy.pendingIncoming + proxy.pendingOutgoing > 0);
      proxy.cut();
      await expect(added).rejects.toMatchObject({ code: 'ZCONNECTIONLOSS' });
      await proxy.restore();
      await waitFor(() => conn.state === State.CONNECTED);
      await conn.addAuth('digest', 'alice:secret');
      expect(await read(conn, path)).toBe('of alice');
    },
  );
});

describe('the option auth', () => {
  it('counts from the first request on, and over reconnections', async () => {
    const path = await createSecretOf('alice');
    const { conn, proxy } = await openThroughProxy(server.address, alices);
    expect(await read(conn, path)).toBe('of alice');
    proxy.cut();
    for (const state of [State.CONNECTED, State.CONNECTING, State.CONNECTED]) {
      expect((await conn.session.receive()).state).toBe(state);
    }
    expect(await read(conn, path)).toBe('of alice');
  });

  it('counts for dial, for requests that are made before the connection', async () => {
    const path = await createSecretOf('alice');
    expect(await read(openSoon(server.address, alices), path)).toBe('of alice');
  });

  it('takes several, as strings and bytes', async () => {
    const [first, second] = [await createSecretOf('alice'), await createSecretOf('bob')];
    const conn = await open(server.address, {
      auth: [
        { scheme: 'digest', cert: 'alice:secret' },
        { scheme: 'digest', cert: Buffer.from('bob:secret') },
      ],
    });
    expect(await read(conn, first)).toBe('of alice');
    expect(await read(conn, second)).toBe('of bob');
  });
});

describe('digestACL is what the server makes of a credential', () => {
  it.each([
    ['user', 'password'],
    ['user', ''],
    ['user', 'with:colons:'],
    ['üsér', 'пароль 🦒'],
  ])('%s:%s', async (user, password) => {
    const conn = await open(server.address);
    await conn.addAuth('digest', `${user}:${password}`);
    const path = await conn.create(newPath(), 'x', { acl: authACL(Perm.ALL) });
    const { acl } = await conn.acl(path);
    expect(acl).toEqual(digestACL(Perm.ALL, user, password));

    const closed = await conn.create(newPath(), 'y', { acl });
    expect(await read(conn, closed)).toBe('y');
    const other = await open(server.address);
    await expect(other.get(closed)).rejects.toMatchObject({ code: 'ZNOAUTH' });
  });
});
