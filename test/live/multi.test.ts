import {
  type CheckOp,
  type Conn,
  CreateFlag,
  type CreateOp,
  EventType,
  type Op,
  op,
  Perm,
  type Stat,
  worldACL,
} from 'libzookeeper';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { newPath, open, openSoon, openThroughProxy } from '../support/connections.js';
import { startServer } from '../support/server.js';

const { EPHEMERAL, SEQUENCE } = CreateFlag;

const server = await startServer();

/** A connection, and a node that no other test has. */
async function openWithParent(): Promise<{ conn: Conn; parent: string }> {
  const conn = await open(server.address);
  return { conn, parent: await conn.create(newPath()) };
}

const text = async (conn: Conn, path: string): Promise<string> =>
  (await conn.get(path, { encoding: 'utf8' })).data;

describe('a transaction', () => {
  it('carries out each kind of op, and resolves to what each gives', async () => {
    const { conn, parent } = await openWithParent();
    await conn.create(`${parent}/old`, '1');
    const results = await conn.multi([
      op.create(`${parent}/new`, 'x'),
      op.set(`${parent}/old`, '22', 0),
      op.check(`${parent}/old`, 1),
      op.delete(`${parent}/old`, 1),
    ]);
    expectTypeOf(results).toEqualTypeOf<[string, Stat, undefined, undefined]>();
    const [path, stat] = results;
    expect(results).toEqual([`${parent}/new`, expect.anything(), undefined, undefined]);
    expect(stat).toMatchObject({ version: 1, dataLength: 2, numChildren: 0, ephemeralOwner: 0n });
    expect(stat.mtime.getTime()).toBeGreaterThan(Date.now() - 60_000);
    expect(await text(conn, path)).toBe('x');
    expect(await conn.exists(`${parent}/old`)).toBeNull();
  });

  it('has a stat for a set that is the one which the node then has', async () => {
    const { conn, parent } = await openWithParent();
    const [first, , second] = await conn.multi([
      op.set(parent, 'a'),
      op.create(`${parent}/child`),
      op.set(parent, 'bcd'),
    ]);
    expect(first).toMatchObject({ version: 1, dataLength: 1, numChildren: 0 });
    expect(second).toEqual(await conn.exists(parent));
    expect(second).toMatchObject({ version: 2, dataLength: 3, numChildren: 1 });
    expect(first.mzxid).toBe(second.mzxid);
  });

  it('of no ops gives an empty list', async () => {
    const conn = await open(server.address);
    const results = await conn.multi([]);
    expectTypeOf(results).toEqualTypeOf<[]>();
    expect(results).toEqual([]);
  });

  it('of one op is that op', async () => {
    const { conn, parent } = await openWithParent();
    expect(await conn.multi([op.check(parent, 0)])).toEqual([undefined]);
    expect(await conn.multi([op.create(`${parent}/a`)])).toEqual([`${parent}/a`]);
  });

  it('may be a list that is made as the program runs', async () => {
    const { conn, parent } = await openWithParent();
    const ops: Op[] = ['a', 'b', 'c'].map((name) => op.create(`${parent}/${name}`));
    const results = await conn.multi(ops);
    expectTypeOf(results).toEqualTypeOf<(string | Stat | undefined)[]>();
    expect(results).toEqual([`${parent}/a`, `${parent}/b`, `${parent}/c`]);
    const creations: readonly CreateOp[] = [op.create(`${parent}/d`)];
    expectTypeOf(await conn.multi(creations)).toEqualTypeOf<string[]>();
  });

  it('sees what its own ops did before', async () => {
    const { conn, parent } = await openWithParent();
    await conn.multi([
      op.create(`${parent}/a`),
      op.create(`${parent}/a/b`),
      op.set(`${parent}/a/b`, 'x', 0),
      op.check(`${parent}/a/b`, 1),
      op.delete(`${parent}/a/b`, 1),
      op.delete(`${parent}/a`, 0),
    ]);
    expect((await conn.children(parent)).children).toEqual([]);
  });

  it('is one transaction on the server: all its nodes have one number', async () => {
    const { conn, parent } = await openWithParent();
    const paths = await conn.multi([op.create(`${parent}/a`), op.create(`${parent}/b`)]);
    const [a, b] = await Promise.all(paths.map((path) => conn.exists(path)));
    expect(a?.czxid).toBe(b?.czxid);
  });

  it('fires the watches of all that it changes', async () => {
    const { conn, parent } = await openWithParent();
    const { watch: data } = await conn.getW(parent);
    const { watch: children } = await conn.childrenW(parent);
    await conn.multi([op.set(parent, 'x'), op.create(`${parent}/a`)]);
    expect(await data.receive()).toMatchObject({ type: EventType.CHANGED, path: parent });
    expect(await children.receive()).toMatchObject({ type: EventType.CHILD, path: parent });
  });
});

describe('a create in a transaction', () => {
  it.each([
    [0, '', false],
    [EPHEMERAL, '', true],
    [SEQUENCE, '0000000000', false],
    [EPHEMERAL | SEQUENCE, '0000000000', true],
  ])('takes the flags %d', async (flags, end, isEphemeral) => {
    const { conn, parent } = await openWithParent();
    const [path] = await conn.multi([op.create(`${parent}/a-`, 'x', { flags })]);
    expect(path).toBe(`${parent}/a-${end}`);
    const { ephemeralOwner } = (await conn.get(path)).stat;
    expect(ephemeralOwner).toBe(isEphemeral ? conn.clientId.id : 0n);
  });

  it.each([1, 100, 500, 1000, 5000, 20_000])(
    'gives the whole path of a sequential node, however long: %d characters',
    async (length) => {
      const { conn, parent } = await openWithParent();
      const name = `${'ä€'.repeat(length / 2)}-`;
      const paths = await conn.multi([
        op.create(`${parent}/${name}`, '', { flags: SEQUENCE }),
        op.create(`${parent}/${name}`, '', { flags: SEQUENCE }),
      ]);
      expect(paths).toEqual([`${parent}/${name}0000000000`, `${parent}/${name}0000000001`]);
      expect((await conn.children(parent)).children).toHaveLength(2);
      // Their names are too long for one answer of the server at its stop.
      await conn.multi([op.delete(paths[0]), op.delete(paths[1])]);
    },
  );

  it('has the access control list that it is given, the open one otherwise', async () => {
    const { conn, parent } = await openWithParent();
    const acl = [...worldACL(Perm.READ), { perms: Perm.ALL, scheme: 'ip', id: '127.0.0.1' }];
    const paths = await conn.multi([
      op.create(`${parent}/a`, '', { acl }),
      op.create(`${parent}/b`),
      op.create(`${parent}/c`, '', { acl: worldACL(Perm.READ | Perm.DELETE) }),
    ]);
    const [a, b, c] = await Promise.all(paths.map((path) => conn.acl(path)));
    expect(a?.acl).toEqual(acl);
    expect(b?.acl).toEqual(worldACL(Perm.ALL));
    expect(c?.acl).toEqual(worldACL(Perm.READ | Perm.DELETE));
  });

  it('takes data of every kind, null and none included', async () => {
    const { conn, parent } = await openWithParent();
    const bytes = Buffer.from([0, 255, 1]);
    await conn.multi([
      op.create(`${parent}/none`),
      op.create(`${parent}/null`, null),
      op.create(`${parent}/text`, 'ä'),
      op.create(`${parent}/bytes`, bytes),
      op.create(`${parent}/large`, Buffer.alloc(100_000, 7)),
      op.set(parent, null),
    ]);
    for (const name of ['none', 'null', '']) {
      expect((await conn.get(`${parent}/${name}`.replace(/\/$/, ''))).data).toHaveLength(0);
    }
    expect(await text(conn, `${parent}/text`)).toBe('ä');
    expect((await conn.get(`${parent}/bytes`)).data).toEqual(bytes);
    expect((await conn.get(`${parent}/large`)).data).toEqual(Buffer.alloc(100_000, 7));
  });
});

describe('with a chroot', () => {
  it('paths are relative to it, also those of sequential nodes', async () => {
    const { conn, parent } = await openWithParent();
    const inside = await open(server.address + parent);
    const [a, , b] = await inside.multi([
      op.create('/a', 'x'),
      op.set('/', 'root'),
      op.create('/a/b-', '', { flags: SEQUENCE }),
      op.check('/', 1),
    ]);
    expect([a, b]).toEqual(['/a', '/a/b-0000000000']);
    expect(await text(conn, parent)).toBe('root');
    expect((await conn.children(`${parent}/a`)).children).toEqual(['b-0000000000']);
  });

  it('itself can be created, as "/"', async () => {
    const { conn, parent } = await openWithParent();
    const inside = await open(`${server.address}${parent}/deeper`);
    expect(await inside.multi([op.create('/', 'x'), op.create('/a')])).toEqual(['/', '/a']);
    expect(await text(conn, `${parent}/deeper`)).toBe('x');
  });
});

describe('a transaction among other requests', () => {
  it('is carried out, and answered, in its turn', async () => {
    const { conn, parent } = await openWithParent();
    const log: string[] = [];
    const note = (name: string) => () => void log.push(name);
    const [, , stat, , , last] = await Promise.all([
      conn.create(`${parent}/a`, '0').finally(note('create')),
      conn.multi([op.set(`${parent}/a`, '1', 0)]).finally(note('multi')),
      conn.set(`${parent}/a`, '2', 1).finally(note('set')),
      conn.multi([op.check(`${parent}/a`, 2)]).finally(note('multi')),
      conn.multi([op.check(`${parent}/a`, 1)]).catch(note('refused')),
      conn.multi([op.set(`${parent}/a`, '3', 2), op.delete(`${parent}/a`, 3)]),
    ]);
    expect(log).toEqual(['create', 'multi', 'set', 'multi', 'refused']);
    expect(stat).toMatchObject({ version: 2 });
    expect(last).toEqual([expect.objectContaining({ version: 3 }), undefined]);
    expect(await conn.exists(`${parent}/a`)).toBeNull();
  });

  it('sends what its buffers held at the call, even if it has to wait', async () => {
    const { conn, parent } = await openWithParent();
    const soon = openSoon(server.address);
    const bytes = Buffer.from('before');
    const ops: Op[] = [op.create(`${parent}/a`, bytes)];
    const waiting = soon.multi(ops);
    bytes.fill('x');
    ops.push(op.delete(parent));
    expect(await waiting).toEqual([`${parent}/a`]);
    expect(await text(conn, `${parent}/a`)).toBe('before');
  });

  it('can be given up by a signal, and is carried out all the same', async () => {
    const outside = await open(server.address);
    const path = newPath();
    const { conn, proxy } = await openThroughProxy(server.address);
    proxy.holdOutgoing();
    const controller = new AbortController();
    const given = conn.multi([op.create(path)], { signal: controller.signal });
    const { watch } = await outside.existsW(path);
    controller.abort(new Error('mine'));
    await expect(given).rejects.toThrow('mine');
    proxy.releaseOutgoing();
    expect(await watch.receive()).toMatchObject({ type: EventType.CREATED, path });
    await expect(
      conn.multi([], { signal: AbortSignal.abort(new Error('before')) }),
    ).rejects.toThrow('before');
  });
});

describe('a transaction of ten thousand ops', () => {
  it('is as good as a small one', async () => {
    const { conn, parent } = await openWithParent();
    const numbers = Array.from({ length: 10_000 }, (_, i) => i);
    const paths = await conn.multi(
      numbers.map((i) => op.create(`${parent}/n-`, `${i}`, { flags: SEQUENCE })),
    );
    expect(new Set(paths).size).toBe(10_000);
    expect(paths.at(-1)).toBe(`${parent}/n-0000009999`);
    expect(await text(conn, `${parent}/n-0000004711`)).toBe('4711');
    const stats = await conn.multi(paths.map((path) => op.set(path, 'xyz', 0)));
    expect(stats.every(({ version, dataLength }) => version === 1 && dataLength === 3)).toBe(true);
    await conn.multi(paths.map((path) => op.delete(path, 1)));
    expect((await conn.exists(parent))?.numChildren).toBe(0);
  });
});

describe('an op', () => {
  it('is a plain, frozen object, and may be part of several transactions', async () => {
    const { conn, parent } = await openWithParent();
    const check: CheckOp = op.check(parent, 0);
    expect(check).toEqual({ type: 'check', path: parent, version: 0 });
    const all = [op.create('/a'), op.delete('/a'), op.set('/a', 'x'), check];
    for (const one of all) expect(Object.isFrozen(one)).toBe(true);
    expect(await conn.multi([check, check])).toEqual([undefined, undefined]);
    expect(await conn.multi([check])).toEqual([undefined]);
  });
});
