import {
  type Conn,
  CreateFlag,
  ErrorCode,
  isError,
  MultiError,
  type Op,
  op,
  worldACL,
  ZooKeeperError,
} from 'libzookeeper';
import { describe, expect, it } from 'vitest';
import { newPath, open } from '../support/connections.js';
import { startServer } from '../support/server.js';

const server = await startServer();

async function openWithParent(): Promise<{ conn: Conn; parent: string }> {
  const conn = await open(server.address);
  return { conn, parent: await conn.create(newPath(), 'before') };
}

/** The error that a transaction is refused with. */
async function refusal(conn: Conn, ops: readonly Op[]): Promise<MultiError> {
  const error: unknown = await conn.multi(ops).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(MultiError);
  return error as MultiError;
}

describe('a transaction of which the server refuses an op', () => {
  it('rejects with an error that names the op, its path and the reason', async () => {
    const { conn, parent } = await openWithParent();
    const error = await refusal(conn, [
      op.create(`${parent}/a`),
      op.set(parent, 'after'),
      op.delete(`${parent}/missing`),
      op.check(parent, 0),
    ]);
    expect(error).toBeInstanceOf(ZooKeeperError);
    expect(error).toMatchObject({
      name: 'MultiError',
      op: 'multi',
      code: 'ZNONODE',
      errno: -101,
      path: `${parent}/missing`,
      index: 2,
      message: `zookeeper: multi "${parent}/missing": no node: ops[2], a delete`,
    });
    expect(isError(error, ErrorCode.ZNONODE)).toBe(true);
    expect(error.stack).toMatch(/multi-refused\.test\.ts/);
  });

  it("has each op's own outcome among its results", async () => {
    const { conn, parent } = await openWithParent();
    const { results } = await refusal(conn, [
      op.create(`${parent}/a`),
      op.set(parent, 'after'),
      op.delete(`${parent}/missing`),
      op.check(parent, 0),
      op.create(`${parent}/b`),
    ]);
    expect(results.map(({ op: name, path, code, errno }) => [name, path, code, errno])).toEqual([
      ['create', `${parent}/a`, 'ZOK', 0],
      ['set', parent, 'ZOK', 0],
      ['delete', `${parent}/missing`, 'ZNONODE', -101],
      ['check', parent, 'ZRUNTIMEINCONSISTENCY', -2],
      ['create', `${parent}/b`, 'ZRUNTIMEINCONSISTENCY', -2],
    ]);
    // Nothing of it was done, which is what the codes are about.
    for (const result of results) {
      if (result instanceof ZooKeeperError) expect(result.outcomeUnknown).toBe(false);
    }
    expect(results.map((result) => result instanceof ZooKeeperError)).toEqual([
      false,
      false,
      true,
      true,
      true,
    ]);
    expect(String(results[2])).toBe(
      `ZooKeeperError: zookeeper: delete "${parent}/missing": no node`,
    );
  });

  it('has changed nothing', async () => {
    const { conn, parent } = await openWithParent();
    const before = await conn.exists(parent);
    await refusal(conn, [
      op.create(`${parent}/a`, '', { flags: CreateFlag.SEQUENCE }),
      op.set(parent, 'after'),
      op.check(parent, 7),
    ]);
    expect(await conn.exists(parent)).toEqual(before);
    expect((await conn.get(parent, { encoding: 'utf8' })).data).toBe('before');
  });

  it.each<[code: string, index: number, ops: (parent: string) => Op[]]>([
    ['ZNODEEXISTS', 1, (p) => [op.create(`${p}/a`), op.create(`${p}/a`)]],
    ['ZNODEEXISTS', 0, (p) => [op.create(p)]],
    ['ZNONODE', 0, (p) => [op.create(`${p}/a/b`), op.check(p, 0)]],
    ['ZNONODE', 1, (p) => [op.check(p, -1), op.check(`${p}/a`, -1)]],
    ['ZNONODE', 2, (p) => [op.create(`${p}/a`), op.delete(`${p}/a`), op.set(`${p}/a`, '')]],
    ['ZBADVERSION', 0, (p) => [op.set(p, '', 3)]],
    ['ZBADVERSION', 1, (p) => [op.set(p, '', 0), op.set(p, '', 0)]],
    ['ZBADVERSION', 0, (p) => [op.delete(p, 1)]],
    ['ZBADVERSION', 0, (p) => [op.check(p, 1)]],
    ['ZNOTEMPTY', 1, (p) => [op.create(`${p}/a`), op.delete(p)]],
    ['ZINVALIDACL', 0, (p) => [op.create(`${p}/a`, '', { acl: [] })]],
    [
      'ZNOCHILDRENFOREPHEMERALS',
      1,
      (p) => [op.create(`${p}/a`, '', { flags: CreateFlag.EPHEMERAL }), op.create(`${p}/a/b`)],
    ],
    ['ZNOAUTH', 1, (p) => [op.create(`${p}/a`, '', { acl: worldACL(1) }), op.set(`${p}/a`, 'x')]],
  ])('for %s, at %d', async (code, index, ops) => {
    const { conn, parent } = await openWithParent();
    const { results, ...error } = await refusal(conn, ops(parent));
    expect(error).toMatchObject({ code, index, op: 'multi' });
    expect(results[index]).toMatchObject({ code });
    expect(results.findIndex((result) => result instanceof ZooKeeperError)).toBe(index);
    expect((await conn.children(parent)).children).toEqual([]);
  });

  it('leaves the connection as good as before', async () => {
    const { conn, parent } = await openWithParent();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 300 }, (_, i) =>
        conn.multi([op.set(parent, `${i}`), op.check(`${parent}${i % 2 === 0 ? '' : '/x'}`, -1)]),
      ),
    );
    outcomes.forEach(({ status }, i) => {
      expect(status).toBe(i % 2 === 0 ? 'fulfilled' : 'rejected');
    });
    expect(await conn.exists(parent)).toMatchObject({ version: 150 });
  });

  it('of thousands of ops says which one, all the same', async () => {
    const { conn, parent } = await openWithParent();
    const many = Array.from({ length: 3000 }, (_, i) => op.create(`${parent}/${i}`));
    const { index, results } = await refusal(conn, [...many, op.check('/missing', 0), ...many]);
    expect(index).toBe(3000);
    expect(results).toHaveLength(6001);
    expect(results.at(-1)).toMatchObject({ code: 'ZRUNTIMEINCONSISTENCY', path: `${parent}/2999` });
  });

  it('with a chroot, has the path that was given', async () => {
    const { parent } = await openWithParent();
    const inside = await open(server.address + parent);
    const error = await refusal(inside, [op.create('/a'), op.delete('/b')]);
    expect(error).toMatchObject({ path: '/b', index: 1 });
  });
});

describe('what the C client cannot do in a transaction is refused at the call: ZBADARGUMENTS', () => {
  it.each([
    ['a container', { flags: CreateFlag.CONTAINER }],
    ['a node with a time to live', { flags: CreateFlag.PERSISTENT_WITH_TTL, ttl: 1000 }],
    ['a sequential one', { flags: CreateFlag.PERSISTENT_SEQUENTIAL_WITH_TTL, ttl: 1000 }],
    ['a time to live alone', { ttl: 1000 }],
  ])('%s', async (_name, options) => {
    const { conn, parent } = await openWithParent();
    const refused = conn.multi([
      op.create(`${parent}/a`),
      op.create(`${parent}/b`, '', options as object),
    ]);
    await expect(refused).rejects.toMatchObject({ code: 'ZBADARGUMENTS', op: 'multi' });
    await expect(refused).rejects.toThrow(/: ops\[1\]: (flags must|ttl: )/);
    expect((await conn.children(parent)).children).toEqual([]);
  });
});
