import { ErrorCode, isError } from 'libzookeeper';
import { describe, expect, it } from 'vitest';
import { newPath, open } from '../support/connections.js';
import { startServer } from '../support/server.js';

const server = await startServer();

describe('data', () => {
  // conformance 15
  it.each([
    ['bytes that no text has', Buffer.from([0x00, 0x01, 0xff, 0x00])],
    ['all 256 bytes', Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))],
    ['one NUL', Buffer.alloc(1)],
    ['no bytes at all', Buffer.alloc(0)],
  ])('comes back as it was: %s', async (_, bytes) => {
    const conn = await open(server.address);
    const path = newPath();
    await conn.create(path, bytes);
    const created = await conn.get(path);
    expect(created.data).toEqual(bytes);
    expect(created.stat.dataLength).toBe(bytes.length);

    await conn.set(path, 'something else');
    await conn.set(path, bytes);
    expect((await conn.get(path)).data).toEqual(bytes);
  });

  it('is empty unless given, and an empty string is no bytes', async () => {
    const conn = await open(server.address);
    const [without, empty] = [newPath(), newPath()];
    await conn.create(without);
    await conn.create(empty, '');
    for (const path of [without, empty]) {
      const { data, stat } = await conn.get(path);
      expect(data).toEqual(Buffer.alloc(0));
      expect(stat.dataLength).toBe(0);
    }
  });

  it('that is null reads as an empty Buffer', async () => {
    const conn = await open(server.address);
    const path = newPath();
    await conn.create(path, null);
    const { data, stat } = await conn.get(path);
    expect(data).toEqual(Buffer.alloc(0));
    expect(stat.dataLength).toBe(0);

    await conn.set(path, 'no longer');
    await conn.set(path, null);
    expect((await conn.get(path)).data).toEqual(Buffer.alloc(0));
    expect((await conn.get(path, { encoding: 'utf8' })).data).toBe('');
  });

  it('that is a string is UTF-8', async () => {
    const conn = await open(server.address);
    const path = newPath();
    const text = 'plain, é, 漢字, 🦒, \u0000 and \ufeff';
    await conn.create(path, text);
    expect((await conn.get(path)).data).toEqual(Buffer.from(text, 'utf8'));
  });

  it('is a string only where an encoding is asked for', async () => {
    const conn = await open(server.address);
    const path = newPath();
    await conn.create(path, 'é🦒');
    expect((await conn.get(path)).data).toBeInstanceOf(Buffer);
    expect((await conn.get(path, { encoding: null })).data).toBeInstanceOf(Buffer);
    expect((await conn.get(path, { encoding: 'utf8' })).data).toBe('é🦒');
    expect((await conn.get(path, { encoding: 'hex' })).data).toBe('c3a9f09fa692');
    expect((await conn.get(path, { encoding: 'base64' })).data).toBe('w6nwn6aS');
    const { data, watch } = await conn.getW(path, { encoding: 'latin1' });
    expect(data).toBe('Ã©ð\u009f¦\u0092');
    await watch.cancel();
  });

  it.each([
    ['Uint8Array', (bytes: Uint8Array) => bytes],
    ['Buffer', (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)],
  ])('is no more than the view that was given: a %s with an offset', async (_, view) => {
    const conn = await open(server.address);
    const path = newPath();
    const whole = Uint8Array.from({ length: 64 }, (_, index) => index);
    await conn.create(path, view(whole.subarray(5, 9)));
    expect([...(await conn.get(path)).data]).toEqual([5, 6, 7, 8]);
    await conn.set(path, view(whole.subarray(63)));
    expect([...(await conn.get(path)).data]).toEqual([63]);
    await conn.set(path, view(whole.subarray(64)));
    expect([...(await conn.get(path)).data]).toEqual([]);
  });

  it('is what it was at the call, whatever becomes of the buffer afterwards', async () => {
    const conn = await open(server.address);
    const [small, large] = [newPath(), newPath()];
    for (const [path, length] of [
      [small, 16],
      [large, 100_000],
    ] as const) {
      const bytes = Buffer.alloc(length, 'a');
      const created = conn.create(path, bytes);
      bytes.fill('b');
      const set = conn.set(path, bytes);
      bytes.fill('c');
      await created;
      await set;
      expect((await conn.get(path)).data.equals(Buffer.alloc(length, 'b'))).toBe(true);
    }
  });
});

describe("a node's stat", () => {
  // conformance 14
  it('has a ctime and an mtime between the start and the end of the create', async () => {
    const conn = await open(server.address);
    const path = newPath();
    const start = Date.now();
    await conn.create(path, 'four');
    const end = Date.now();
    const { stat } = await conn.get(path);
    expect(stat.ctime).toBeInstanceOf(Date);
    expect(stat.ctime.getTime()).toBeGreaterThanOrEqual(start);
    expect(stat.ctime.getTime()).toBeLessThanOrEqual(end);
    expect(stat.mtime).toEqual(stat.ctime);
    expect(stat).toMatchObject({ version: 0, cversion: 0, aversion: 0, ephemeralOwner: 0n });
    expect(stat).toMatchObject({ dataLength: 4, numChildren: 0 });
    expect(stat.czxid).toBeTypeOf('bigint');
    expect(stat.mzxid).toBe(stat.czxid);
    expect(stat.pzxid).toBe(stat.czxid);
  });

  // conformance 14
  it('has, after a set, a version one higher and a later mtime, and the rest as before', async () => {
    const conn = await open(server.address);
    const path = newPath();
    const { stat: before } = await conn.createWithStat(path, 'a');
    // Until its clock, which is ours, says another millisecond.
    while (Date.now() <= before.mtime.getTime());
    const start = Date.now();
    const after = await conn.set(path, 'bcd');
    const end = Date.now();
    expect(after.version).toBe(before.version + 1);
    expect(after.mtime.getTime()).toBeGreaterThan(before.mtime.getTime());
    expect(after.mtime.getTime()).toBeGreaterThanOrEqual(start);
    expect(after.mtime.getTime()).toBeLessThanOrEqual(end);
    expect(after.mzxid).toBeGreaterThan(before.mzxid);
    const { version, mtime, mzxid } = after;
    expect(after).toEqual({ ...before, version, mtime, mzxid, dataLength: 3 });
    expect((await conn.get(path)).stat).toEqual(after);
    expect(await conn.exists(path)).toEqual(after);
    expect((await conn.children(path)).stat).toEqual(after);
    expect((await conn.acl(path)).stat).toEqual(after);
  });

  it('counts its children, and how often they came and went', async () => {
    const conn = await open(server.address);
    const path = newPath();
    const { stat: before } = await conn.createWithStat(path);
    await conn.create(`${path}/a`);
    await conn.create(`${path}/b`);
    await conn.delete(`${path}/a`);
    const { stat } = await conn.get(path);
    expect(stat).toMatchObject({ numChildren: 1, cversion: 3, version: 0 });
    expect(stat.pzxid).toBeGreaterThan(before.pzxid);
    expect(stat.mzxid).toBe(before.mzxid);
  });
});

describe('a version', () => {
  // conformance 14
  it('that is right lets set and delete through', async () => {
    const conn = await open(server.address);
    const path = newPath();
    const { version } = (await conn.createWithStat(path, 'a')).stat;
    expect((await conn.set(path, 'b', version)).version).toBe(version + 1);
    await conn.delete(path, version + 1);
    expect(await conn.exists(path)).toBeNull();
  });

  // conformance 14
  it.each([5, 0])('that is wrong, %d, refuses them with ZBADVERSION', async (wrong) => {
    const conn = await open(server.address);
    const path = newPath();
    await conn.create(path, 'a');
    await conn.set(path, 'b');
    const set = await conn.set(path, 'c', wrong).catch((error: unknown) => error);
    expect(isError(set, ErrorCode.ZBADVERSION)).toBe(true);
    expect(String(set)).toContain(`set "${path}": bad version`);
    const deleted = await conn.delete(path, wrong).catch((error: unknown) => error);
    expect(isError(deleted, ErrorCode.ZBADVERSION)).toBe(true);
    expect(String(deleted)).toContain(`delete "${path}": bad version`);
    const { data, stat } = await conn.get(path, { encoding: 'utf8' });
    expect(data).toBe('b');
    expect(stat.version).toBe(1);
  });

  it('of -1, or none, is any', async () => {
    const conn = await open(server.address);
    const path = newPath();
    await conn.create(path, 'a');
    expect((await conn.set(path, 'b')).version).toBe(1);
    expect((await conn.set(path, 'c', -1)).version).toBe(2);
    await conn.delete(path, -1);
    await conn.create(path);
    await conn.delete(path);
    expect(await conn.exists(path)).toBeNull();
  });
});
