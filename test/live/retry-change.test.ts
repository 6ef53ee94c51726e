import { type Conn, CreateFlag, ErrorCode, isError, Perm, type Stat, worldACL } from 'libzookeeper';
import { describe, expect, it, vi } from 'vitest';
import { newPath, open, openThroughProxy } from '../support/connections.js';
import { startServer } from '../support/server.js';
import { waitFor } from '../support/wait-for.js';

const server = await startServer();

async function read(conn: Conn, path: string): Promise<[data: string, version: number]> {
  const { data, stat } = await conn.get(path, { encoding: 'utf8' });
  return [data, stat.version];
}

describe('retryChange of a missing node', () => {
  // conformance 28
  it('calls change with no data and no stat, and creates it with flags and acl', async () => {
    const conn = await open(server.address);
    const path = newPath();
    const change = vi.fn((data: Buffer, stat: Stat | null) => `${data.length} ${stat}`);
    const acl = worldACL(Perm.READ | Perm.ADMIN);
    const done = await conn.retryChange(path, change, { flags: CreateFlag.EPHEMERAL, acl });
    expect(done).toBeUndefined();
    expect(change).toHaveBeenCalledTimes(1);
    expect(change).toHaveBeenCalledWith(Buffer.alloc(0), null);
    const { data, stat } = await conn.get(path, { encoding: 'utf8' });
    expect(data).toBe('0 null');
    expect(stat).toMatchObject({ version: 0, ephemeralOwner: conn.clientId.id });
    expect((await conn.acl(path)).acl).toEqual(acl);
  });

  it('creates a plain node that is open to all, unless told otherwise', async () => {
    const conn = await open(server.address);
    const path = newPath();
    await conn.retryChange(path, () => 'x');
    const { acl, stat } = await conn.acl(path);
    expect(acl).toEqual(worldACL(Perm.ALL));
    expect(stat.ephemeralOwner).toBe(0n);
  });

  it.each([
    ['an empty string', ''],
    ['an empty Buffer', Buffer.alloc(0)],
    ['null', null],
  ])('creates it, too, when change returns %s', async (_, data) => {
    const conn = await open(server.address);
    const path = newPath();
    await conn.retryChange(path, () => data);
    expect(await read(conn, path)).toEqual(['', 0]);
  });
});

describe('retryChange of a node that exists', () => {
  // conformance 28
  it('calls change with its data and stat, and sets it; flags and acl are ignored', async () => {
    const conn = await open(server.address);
    const path = await conn.create(newPath(), 'old');
    const stat = await conn.exists(path);
    const change = vi.fn((old: Buffer) => `${old}, new`);
    const options = { flags: CreateFlag.EPHEMERAL, acl: worldACL(Perm.READ) };
    await conn.retryChange(path, change, options);
    expect(change).toHaveBeenCalledTimes(1);
    expect(change).toHaveBeenCalledWith(Buffer.from('old'), stat);
    expect(await read(conn, path)).toEqual(['old, new', 1]);
    const { acl, stat: after } = await conn.acl(path);
    expect(acl).toEqual(worldACL(Perm.ALL));
    expect(after.ephemeralOwner).toBe(0n);
  });

  it('takes a change that is asynchronous, and bytes as well as text', async () => {
    const conn = await open(server.address);
    const path = await conn.create(newPath(), 'a');
    await conn.retryChange(path, async (old) => {
      await conn.sync('/');
      return Buffer.concat([old, Buffer.of(0x00, 0xff)]);
    });
    expect((await conn.get(path)).data).toEqual(Buffer.of(0x61, 0x00, 0xff));
    await conn.retryChange(path, (old) => new Uint8Array(old.subarray(1)));
    expect((await conn.get(path)).data).toEqual(Buffer.of(0x00, 0xff));
    await conn.retryChange(path, async () => null);
    expect((await conn.get(path)).data).toEqual(Buffer.alloc(0));
  });

  it('takes a change that works in place', async () => {
    const conn = await open(server.address);
    const path = await conn.create(newPath(), 'aaa');
    await conn.retryChange(path, (old) => old.fill('b'));
    expect(await read(conn, path)).toEqual(['bbb', 1]);
  });

  // conformance 29
  it.each<[string, string | Buffer | null, (old: Buffer) => string | Uint8Array | null]>([
    ['the same Buffer', 'same', (old) => old],
    ['the same bytes', 'same', (old) => new Uint8Array(old)],
    ['the same text', 'sämé', (old) => old.toString()],
    ['nothing, of nothing', '', () => ''],
    ['null, of nothing', '', () => null],
    ['nothing, of null', null, () => Buffer.alloc(0)],
  ])('writes nothing when change returns %s', async (_, data, change) => {
    const conn = await open(server.address);
    const path = await conn.create(newPath(), data);
    const before = await conn.get(path);
    await conn.retryChange(path, change);
    expect(await conn.get(path)).toEqual(before);
    expect(before.stat.version).toBe(0);
  });
});

describe('what goes wrong in retryChange', () => {
  // conformance 31
  it.each([
    ['an Error', new Error('no')],
    ['a string', 'no'],
    ['nothing', undefined],
  ])('in change comes out unchanged, and nothing is written: %s', async (_, reason) => {
    const conn = await open(server.address);
    const [missing, existing] = [newPath(), await conn.create(newPath(), 'old')];
    const throws = vi.fn((): string => {
      throw reason;
    });
    const rejects = vi.fn(() => Promise.reject<string>(reason));
    for (const change of [throws, rejects]) {
      for (const path of [missing, existing]) {
        const error = await conn.retryChange(path, change).then(
          () => 'resolved',
          (thrown: unknown) => thrown,
        );
        expect(error).toBe(reason);
      }
      expect(change).toHaveBeenCalledTimes(2);
    }
    expect(await conn.exists(missing)).toBeNull();
    expect(await read(conn, existing)).toEqual(['old', 0]);
  });

  it("in change comes out even when it looks like a conflict of retryChange's own", async () => {
    const conn = await open(server.address);
    const path = await conn.create(newPath(), 'old');
    const change = vi.fn(async () => {
      await conn.set(path, 'other', 7);
      return 'new';
    });
    const error: unknown = await conn.retryChange(path, change).catch((thrown) => thrown);
    expect(isError(error, ErrorCode.ZBADVERSION)).toBe(true);
    expect(change).toHaveBeenCalledTimes(1);
    expect(await read(conn, path)).toEqual(['old', 0]);
  });

  it.each([undefined, 7, { data: 'x' }, ['x'], new ArrayBuffer(1)])(
    'in what change returns is ZBADARGUMENTS, and nothing is written: %j',
    async (result) => {
      const conn = await open(server.address);
      for (const path of [newPath(), await conn.create(newPath(), 'old')]) {
        const before = await conn.exists(path);
        const change = vi.fn(() => result as unknown as string);
        await expect(conn.retryChange(path, change)).rejects.toMatchObject({
          code: 'ZBADARGUMENTS',
          op: 'retryChange',
          path,
        });
        expect(change).toHaveBeenCalledTimes(1);
        expect(await conn.exists(path)).toEqual(before);
      }
    },
  );

  // conformance 31
  it('on reading comes out: at ZNOAUTH change is never called', async () => {
    const conn = await open(server.address);
    const path = await conn.create(newPath(), 'old', { acl: worldACL(Perm.ALL & ~Perm.READ) });
    const change = vi.fn(() => 'new');
    await expect(conn.retryChange(path, change)).rejects.toMatchObject({ code: 'ZNOAUTH', path });
    expect(change).not.toHaveBeenCalled();
    expect((await conn.exists(path))?.version).toBe(0);
  });

  // conformance 31
  it('on writing comes out: a create whose parent is missing, or ephemeral', async () => {
    const conn = await open(server.address);
    const change = vi.fn(() => 'new');
    const orphan = `${newPath()}/child`;
    const failure = { code: 'ZNONODE', path: orphan };
    await expect(conn.retryChange(orphan, change)).rejects.toMatchObject(failure);
    const parent = await conn.create(newPath(), '', { flags: CreateFlag.EPHEMERAL });
    await expect(conn.retryChange(`${parent}/child`, change)).rejects.toMatchObject({
      code: 'ZNOCHILDRENFOREPHEMERALS',
    });
    await expect(conn.retryChange(newPath(), change, { acl: [] })).rejects.toMatchObject({
      code: 'ZINVALIDACL',
    });
    expect(change).toHaveBeenCalledTimes(3);
  });

  // conformance 31
  it('on writing comes out: a set that is not allowed', async () => {
    const conn = await open(server.address);
    const path = await conn.create(newPath(), 'old', { acl: worldACL(Perm.READ) });
    const change = vi.fn(() => 'new');
    await expect(conn.retryChange(path, change)).rejects.toMatchObject({ code: 'ZNOAUTH', path });
    expect(change).toHaveBeenCalledTimes(1);
    expect(await read(conn, path)).toEqual(['old', 0]);
  });

  // conformance 31
  it('on writing comes out: the loss of the connection, after which it may be done or not', async () => {
    const { conn, proxy } = await openThroughProxy(server.address);
    const path = await conn.create(newPath(), 'old');
    const change = vi.fn(() => {
      proxy.holdIncoming();
      return 'new';
    });
    const changed = conn.retryChange(path, change);
    changed.catch(() => {});
    await waitFor(() => proxy.pendingIncoming > 0);
    proxy.cut();
    await expect(changed).rejects.toMatchObject({ code: 'ZCONNECTIONLOSS', path });
    expect(change).toHaveBeenCalledTimes(1);
  });
});
