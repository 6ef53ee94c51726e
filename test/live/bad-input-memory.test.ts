import { type Conn, connect } from 'libzookeeper';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPath } from '../support/connections.js';
import { startServer } from '../support/server.js';

/*
 * Data in memory that is not only this program's: a silent cut, or bytes that nobody wrote, are what must not come of it.
 */

let conn: Conn;
beforeAll(async () => {
  conn = await connect((await startServer()).address);
});
afterAll(() => conn[Symbol.asyncDispose]());

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

async function stored(path: string): Promise<string> {
  return hex((await conn.get(path)).data);
}

/** TypeScript's library does not know buffers that change their size yet. */
interface Resizable {
  resize(length: number): void;
}
const options = { maxByteLength: 16 };
const resizable = (length: number) =>
  Reflect.construct(ArrayBuffer, [length, options]) as ArrayBuffer & Resizable;
const growable = (length: number) =>
  Reflect.construct(SharedArrayBuffer, [length, options]) as SharedArrayBuffer;

function detach(bytes: Uint8Array): void {
  structuredClone(bytes.buffer, { transfer: [bytes.buffer as ArrayBuffer] });
}

class Subclass extends Uint8Array {}

describe('bytes are stored whole', () => {
  const grown = resizable(4);
  const tracking = new Uint8Array(grown).fill(7);
  grown.resize(6);

  it.each([
    ['a Buffer of the pool', Buffer.from([7, 0, 255]), '0700ff'],
    ['a view in the middle', new Uint8Array([1, 7, 7, 1]).subarray(1, 3), '0707'],
    ['shared memory', new Uint8Array(new SharedArrayBuffer(3)).fill(7), '070707'],
    ['growable shared memory', new Uint8Array(growable(3)).fill(7), '070707'],
    ['a buffer that can be resized', new Uint8Array(resizable(3)).fill(7), '070707'],
    ['a buffer that was resized', tracking, '070707070000'],
    ['a subclass', Subclass.from([7, 7]), '0707'],
    ['no bytes at all', new Uint8Array(0), ''],
  ])('of %s', async (_name, bytes, expected) => {
    const path = newPath();
    await conn.create(path, bytes);
    expect(await stored(path)).toBe(expected);
    await conn.set(path, 'other');
    await conn.set(path, bytes);
    expect(await stored(path)).toBe(expected);
  });
});

describe('what becomes of the bytes after the call makes no difference', () => {
  const changes: Readonly<Record<string, (bytes: Uint8Array) => void>> = {
    overwritten: (bytes) => bytes.fill(9),
    detached: detach,
    shrunk: (bytes) => (bytes.buffer as unknown as Resizable).resize(1),
  };
  const memory = (change: string) =>
    new Uint8Array(change === 'shrunk' ? resizable(4) : new ArrayBuffer(4)).fill(7);

  it.each(Object.keys(changes))('to a request that goes out at once: %s', async (change) => {
    const [created, set] = [newPath(), newPath()];
    await conn.create(set);
    const bytes = memory(change);
    const results = Promise.all([conn.create(created, bytes), conn.set(set, bytes)]);
    changes[change]?.(bytes);
    await results;
    expect([await stored(created), await stored(set)]).toEqual(['07070707', '07070707']);
  });

  it.each(Object.keys(changes))('to one that waits for a credential: %s', async (change) => {
    const [created, set] = [newPath(), newPath()];
    await conn.create(set);
    const bytes = memory(change);
    const results = Promise.all([
      conn.addAuth('digest', 'user:password'),
      conn.addAuth('digest', 'user:password'),
      conn.create(created, bytes),
      conn.set(set, bytes),
    ]);
    changes[change]?.(bytes);
    await results;
    expect([await stored(created), await stored(set)]).toEqual(['07070707', '07070707']);
  });

  it('to one that waits behind thousands of others', async () => {
    const path = newPath();
    const bytes = new Uint8Array(4).fill(7);
    const others = Array.from({ length: 10_000 }, () => conn.exists('/'));
    const created = conn.create(path, bytes);
    bytes.fill(9);
    await Promise.all([...others, created]);
    expect(await stored(path)).toBe('07070707');
  });

  it('to a credential that waits', async () => {
    const path = newPath();
    const cert = Buffer.from('owner:secret');
    const added = [conn.addAuth('digest', 'user:password'), conn.addAuth('digest', cert)];
    cert.fill(0);
    await Promise.all(added);
    await conn.create(path, '', { acl: [{ perms: 31, scheme: 'auth', id: '' }] });
    const { acl } = await conn.acl(path);
    expect(acl.map(({ id }) => id.split(':')[0])).toContain('owner');
  });

  it('to an ACL that waits', async () => {
    const path = newPath();
    const entry = { perms: 1, scheme: 'world', id: 'anyone' };
    const acl = [entry];
    const results = [conn.addAuth('digest', 'user:password'), conn.create(path, '', { acl })];
    entry.perms = 31;
    acl.length = 0;
    await Promise.all(results);
    expect((await conn.acl(path)).acl).toEqual([{ perms: 1, scheme: 'world', id: 'anyone' }]);
  });
});

describe('options that throw when they are read', () => {
  const mine = new Error('mine');
  const throwing = (name: string) =>
    Object.defineProperty({}, name, {
      get() {
        throw mine;
      },
    });

  it.each(['flags', 'acl', 'ttl', 'signal'])(
    'have create reject with what they threw: %s',
    async (name) => {
      const path = newPath();
      await expect(conn.create(path, '', throwing(name))).rejects.toBe(mine);
      expect(await conn.exists(path)).toBeNull();
    },
  );

  it.each(['encoding', 'signal'])('have getW reject, without a watch: %s', async (name) => {
    await expect(conn.getW('/', throwing(name))).rejects.toBe(mine);
  });

  it('have connect reject, and dial throw', async () => {
    const options = throwing('sessionTimeout');
    await expect(connect('127.0.0.1:1', options)).rejects.toBe(mine);
  });

  it('in an entry of an ACL change nothing', async () => {
    const path = newPath();
    await conn.create(path);
    const acl = [{ perms: 1, scheme: 'world', id: 'anyone' }, throwing('id')] as never;
    await expect(conn.setACL(path, acl)).rejects.toBe(mine);
    expect((await conn.exists(path))?.aversion).toBe(0);
  });
});

describe('methods that are called on something else', () => {
  it.each(['get', 'create', 'addAuth', 'retryChange', 'close'])(
    'reject with a TypeError: %s',
    async (name) => {
      const method = Reflect.get(conn, name) as (...args: unknown[]) => Promise<unknown>;
      for (const target of [{}, Object.create(conn), undefined]) {
        await expect(method.call(target, '/', () => '')).rejects.toThrow(TypeError);
      }
    },
  );

  it.each(['state', 'clientId', 'session', 'currentServer'])('throw one: %s', (name) => {
    expect(() => Reflect.get(Object.getPrototypeOf(conn), name, {})).toThrow(TypeError);
  });
});
