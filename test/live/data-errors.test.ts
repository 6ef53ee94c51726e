import { inspect } from 'node:util';
import { type Conn, ErrorCode, isError, worldACL, ZooKeeperError } from 'libzookeeper';
import { describe, expect, it } from 'vitest';
import { newPath, open } from '../support/connections.js';
import { startServer } from '../support/server.js';

const server = await startServer();

async function failureOf(promise: Promise<unknown>): Promise<ZooKeeperError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ZooKeeperError)) throw new Error('no ZooKeeperError', { cause: error });
  return error;
}

describe('the error of a failed operation', () => {
  // conformance 12
  it('says what failed, where and why', async () => {
    const conn = await open(server.address);
    const error = await failureOf(conn.get('/x'));
    expect(error.message).toBe('zookeeper: get "/x": no node');
    expect(isError(error, ErrorCode.ZNONODE)).toBe(true);
    expect(isError(error, ErrorCode.ZNODEEXISTS)).toBe(false);
  });

  it("is shaped like Node's system errors", async () => {
    const conn = await open(server.address);
    const error = await failureOf(conn.get('/x'));
    expect(error).toBeInstanceOf(Error);
    expect(error).toBeInstanceOf(ZooKeeperError);
    expect(error.name).toBe('ZooKeeperError');
    expect(error.code).toBe('ZNONODE');
    expect(error.errno).toBe(-101);
    expect(error.errno).toBe(ErrorCode.ZNONODE);
    expect(error.op).toBe('get');
    expect(error.path).toBe('/x');
    expect(error.cause).toBeUndefined();
    expect(String(error)).toBe('ZooKeeperError: zookeeper: get "/x": no node');
  });

  it.each<[op: string, (conn: Conn, path: string) => Promise<unknown>]>([
    ['get', (conn, path) => conn.get(path)],
    ['getW', (conn, path) => conn.getW(path)],
    ['children', (conn, path) => conn.children(path)],
    ['childrenW', (conn, path) => conn.childrenW(path)],
    ['create', (conn, path) => conn.create(`${path}/child`)],
    ['createWithStat', (conn, path) => conn.createWithStat(`${path}/child`)],
    ['set', (conn, path) => conn.set(path, '')],
    ['delete', (conn, path) => conn.delete(path)],
    ['acl', (conn, path) => conn.acl(path)],
    ['setACL', (conn, path) => conn.setACL(path, worldACL(1))],
  ])('names the method and the path that were called: %s', async (op, call) => {
    const conn = await open(server.address);
    const path = newPath();
    const error = await failureOf(call(conn, path));
    const subject = op.startsWith('create') ? `${path}/child` : path;
    expect(error).toMatchObject({ op, path: subject, code: 'ZNONODE', errno: -101 });
    expect(error.message).toBe(`zookeeper: ${op} "${subject}": no node`);
  });

  it('quotes a path that has quotes and letters of other languages', async () => {
    const conn = await open(server.address);
    const error = await failureOf(conn.get('/say "é漢"\\'));
    expect(error.message).toBe('zookeeper: get "/say \\"é漢\\"\\\\": no node');
    expect(error.path).toBe('/say "é漢"\\');
  });

  it("has the caller's own frames in its stack", async () => {
    const conn = await open(server.address);
    async function theOneWhoAsked() {
      await conn.get('/x');
    }
    async function theOneWhoAskedForAWatch() {
      await conn.getW('/x');
    }
    async function theOneWhoSet() {
      await conn.set('/x', '', 5);
    }
    async function theOneWhoCreated() {
      await conn.createWithStat('/x/y');
    }
    async function theOneWhoTriedAgain() {
      await conn.retryChange('/x/y', () => 'a');
    }
    for (const caller of [
      theOneWhoAsked,
      theOneWhoAskedForAWatch,
      theOneWhoSet,
      theOneWhoCreated,
      theOneWhoTriedAgain,
    ]) {
      const { stack = '', message } = await failureOf(caller());
      expect(stack.split('\n')[0]).toBe(`ZooKeeperError: ${message}`);
      expect(stack).toContain(caller.name);
      expect(stack).toContain('data-errors.test');
    }
  });

  it('is of use in a log: inspect shows the fields, JSON has them', async () => {
    const conn = await open(server.address);
    const error = await failureOf(conn.get('/x'));
    const shown = inspect(error);
    expect(shown).toContain('ZooKeeperError: zookeeper: get "/x": no node');
    expect(shown).toContain("code: 'ZNONODE'");
    expect(shown).toContain('errno: -101');
    expect(shown).toContain("op: 'get'");
    expect(shown).toContain("path: '/x'");
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({
      code: 'ZNONODE',
      errno: -101,
      op: 'get',
      path: '/x',
    });
  });

  it('is a new one each time', async () => {
    const conn = await open(server.address);
    const [first, second] = await Promise.all([
      failureOf(conn.get('/x')),
      failureOf(conn.get('/x')),
    ]);
    expect(first).not.toBe(second);
    expect(first).toEqual(second);
  });
});
