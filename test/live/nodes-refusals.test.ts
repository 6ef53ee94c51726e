import { type Conn, CreateFlag, worldACL } from 'libzookeeper';
import { beforeAll, describe, expect, it } from 'vitest';
import { newPath, open, openOnce } from '../support/connections.js';
import { startServer } from '../support/server.js';

const server = await startServer();

describe('what the server refuses', () => {
  // conformance 16
  it('is a node whose parent is missing: ZNONODE', async () => {
    const conn = await open(server.address);
    const path = `${newPath()}/child`;
    await expect(conn.create(path)).rejects.toMatchObject({ code: 'ZNONODE', path });
  });

  // conformance 13
  it('is a node that exists: ZNODEEXISTS', async () => {
    const conn = await open(server.address);
    const path = newPath();
    await conn.create(path, 'first');
    await expect(conn.create(path, 'second')).rejects.toMatchObject({ code: 'ZNODEEXISTS', path });
    await expect(conn.createWithStat(path)).rejects.toMatchObject({ code: 'ZNODEEXISTS', path });
    expect((await conn.get(path, { encoding: 'utf8' })).data).toBe('first');
  });

  // conformance 16
  it('is a child of an ephemeral node: ZNOCHILDRENFOREPHEMERALS', async () => {
    const conn = await open(server.address);
    const path = newPath();
    await conn.create(path, '', { flags: CreateFlag.EPHEMERAL });
    await expect(conn.create(`${path}/child`)).rejects.toMatchObject({
      code: 'ZNOCHILDRENFOREPHEMERALS',
    });
  });

  // conformance 16
  it('is the removal of a node that has children: ZNOTEMPTY', async () => {
    const conn = await open(server.address);
    const path = newPath();
    await conn.create(path);
    await conn.create(`${path}/child`);
    await expect(conn.delete(path)).rejects.toMatchObject({ code: 'ZNOTEMPTY', path });
    await conn.delete(`${path}/child`);
    await conn.delete(path);
    expect(await conn.exists(path)).toBeNull();
  });

  // conformance 16
  it('is an empty ACL: ZINVALIDACL', async () => {
    const conn = await open(server.address);
    const path = newPath();
    await expect(conn.create(path, '', { acl: [] })).rejects.toMatchObject({
      code: 'ZINVALIDACL',
      path,
    });
    expect(await conn.exists(path)).toBeNull();
  });

  it('is the root: it exists, has no parent, and stays', async () => {
    const conn = await open(server.address);
    await expect(conn.create('/')).rejects.toMatchObject({ code: 'ZNODEEXISTS' });
    await expect(conn.delete('/')).rejects.toMatchObject({ code: 'ZBADARGUMENTS' });
    expect((await conn.get('/')).data).toEqual(Buffer.alloc(0));
  });
});

describe('a path that is none rejects with ZBADARGUMENTS, in every operation', () => {
  let conn: Conn;
  beforeAll(async () => {
    conn = await openOnce(server.address);
  });

  const OPERATIONS: Record<string, (path: string) => Promise<unknown>> = {
    get: (path) => conn.get(path),
    getW: (path) => conn.getW(path),
    children: (path) => conn.children(path),
    childrenW: (path) => conn.childrenW(path),
    exists: (path) => conn.exists(path),
    existsW: (path) => conn.existsW(path),
    create: (path) => conn.create(path),
    createWithStat: (path) => conn.createWithStat(path),
    set: (path) => conn.set(path, 'x'),
    delete: (path) => conn.delete(path),
    acl: (path) => conn.acl(path),
    setACL: (path) => conn.setACL(path, worldACL(31)),
    sync: (path) => conn.sync(path),
    retryChange: (path) => conn.retryChange(path, () => 'x'),
  };

  // conformance 16
  it.each([
    'a',
    'a/b',
    './a',
    '',
    '/a/',
    '///',
    '//',
    '//a',
    '/a//b',
    '/a/./b',
    '/a/..',
    '/.',
    '/..',
    '/a\0b',
    '/a\0',
    '\0',
    '/a\u0001',
    '/a\u007f',
    '/a\ud800',
  ])('%j', async (path) => {
    const before = (await conn.children('/')).children;
    for (const [op, operation] of Object.entries(OPERATIONS)) {
      const result = operation(path);
      await expect(result, op).rejects.toMatchObject({ code: 'ZBADARGUMENTS', op });
      await expect(result, op).rejects.toThrow(/path/);
    }
    expect((await conn.children('/')).children).toEqual(before);
  });

  it('nor is there one in a sequential create that is nothing but its number', async () => {
    for (const path of ['', 'a-', '//', '/a\0', '/../']) {
      const creation = conn.create(path, '', { flags: CreateFlag.SEQUENCE });
      await expect(creation, path).rejects.toMatchObject({ code: 'ZBADARGUMENTS' });
    }
  });
});
