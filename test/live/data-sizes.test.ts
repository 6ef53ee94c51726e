import { EventType, State } from 'libzookeeper';
import { describe, expect, it } from 'vitest';
import { newPath, open } from '../support/connections.js';
import { startServer } from '../support/server.js';

const KIB = 1024;
const MIB = 1024 * KIB;

/** The client has no such limit on what it is sent. */
const server = await startServer({ jvmProperties: { 'jute.maxbuffer': 8 * MIB } });

/** Bytes that show where one is missing, twice there or elsewhere. */
function pattern(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at + 4 <= length; at += 4) bytes.writeUInt32LE((at * 2_654_435_761) >>> 0, at);
  return bytes;
}

/** A name of so many bytes. */
function longName(length: number, start = ''): string {
  return start + 'n'.repeat(length - start.length);
}

// Up to 8 KiB a payload crosses to JavaScript among the records of its batch, above it does so on its own.
const AROUND_THE_INLINE_LIMIT = [8 * KIB - 1, 8 * KIB, 8 * KIB + 1];

// From 32 KiB on it does so in the memory of its frame, which is larger than the data by a header and a Stat.
const AROUND_THE_HANDED_OVER = [32 * KIB - 50, 32 * KIB - 1, 32 * KIB, 32 * KIB + 1];

describe('data of any size comes back whole', () => {
  // conformance 15
  it.each([
    1,
    2,
    3,
    4,
    5,
    7,
    8,
    9,
    1000,
    ...AROUND_THE_INLINE_LIMIT,
    ...AROUND_THE_HANDED_OVER,
    64 * KIB - 1,
    64 * KIB,
    64 * KIB + 1,
    MIB - 1,
    MIB,
    MIB + 1,
    2 * MIB,
  ])('%d bytes', async (length) => {
    const conn = await open(server.address);
    const path = newPath();
    const bytes = pattern(length);
    await conn.create(path, bytes);
    const { data, stat } = await conn.get(path);
    expect(data.length).toBe(length);
    expect(data.equals(bytes)).toBe(true);
    expect(stat.dataLength).toBe(length);
  });

  it('when it is set, read with a watch, and changed by retryChange', async () => {
    const conn = await open(server.address);
    const path = newPath();
    const bytes = pattern(2 * MIB);
    await conn.create(path, 'small');
    expect((await conn.set(path, bytes)).dataLength).toBe(2 * MIB);
    const { data, watch } = await conn.getW(path);
    expect(data.equals(bytes)).toBe(true);

    await conn.retryChange(path, (old) => Buffer.concat([old, Buffer.from('!')]));
    expect((await watch.receive()).type).toBe(EventType.CHANGED);
    expect((await conn.get(path)).data.equals(Buffer.concat([bytes, Buffer.from('!')]))).toBe(true);
  });

  it('when sizes are mixed in one burst', async () => {
    const conn = await open(server.address);
    const parent = newPath();
    await conn.create(parent);
    const sizes = [0, 1, ...AROUND_THE_INLINE_LIMIT, 100_000, 3, MIB, 0, 8 * KIB + 1, 9];
    const nodes = sizes.map((length, index) => ({
      path: `${parent}/${index}`,
      bytes: pattern(length).fill(index, 0, Math.min(length, 1)),
    }));
    await Promise.all(nodes.map(({ path, bytes }) => conn.create(path, bytes)));
    const read = await Promise.all(nodes.map(({ path }) => conn.get(path)));
    for (const [index, { data }] of read.entries()) {
      expect(data.equals(nodes[index]?.bytes ?? Buffer.from('?'))).toBe(true);
    }
  });
});

describe('data of more than the server takes', () => {
  it('costs the connection, not the session: ZCONNECTIONLOSS, and all works again after it', async () => {
    const conn = await open(server.address);
    const path = newPath();
    await conn.create(path, 'a');
    const { id } = conn.clientId;
    await expect(conn.set(path, pattern(9 * MIB))).rejects.toMatchObject({
      code: 'ZCONNECTIONLOSS',
    });
    for (const state of [State.CONNECTED, State.CONNECTING, State.CONNECTED]) {
      expect((await conn.session.receive()).state).toBe(state);
    }
    expect(conn.clientId.id).toBe(id);
    const { data, stat } = await conn.get(path, { encoding: 'utf8' });
    expect(data).toBe('a');
    expect(stat.version).toBe(0);
  });
});

describe('names of children of any length come back whole', () => {
  it.each(AROUND_THE_INLINE_LIMIT)('one of %d bytes', async (length) => {
    const conn = await open(server.address);
    const parent = newPath();
    await conn.create(parent);
    await conn.create(`${parent}/${longName(length)}`);
    expect((await conn.children(parent)).children).toEqual([longName(length)]);
  });

  it.each(AROUND_THE_INLINE_LIMIT)('several, of %d bytes with what parts them', async (length) => {
    const conn = await open(server.address);
    const parent = newPath();
    await conn.create(parent);
    const names = ['a', 'b', longName(length - 4, 'c')];
    for (const name of names) await conn.create(`${parent}/${name}`);
    expect((await conn.children(parent)).children.sort()).toEqual(names);
  });

  it('so many that they are more than 1 MiB, with a watch', async () => {
    const conn = await open(server.address);
    const parent = newPath();
    await conn.create(parent);
    const names = Array.from({ length: 1200 }, (_, index) => longName(1000, `${10_000 + index}-`));
    await Promise.all(names.map((name) => conn.create(`${parent}/${name}`)));
    const { children, stat, watch } = await conn.childrenW(parent);
    expect(stat.numChildren).toBe(1200);
    expect(children.sort()).toEqual(names);

    await conn.delete(`${parent}/${names[0]}`);
    expect((await watch.receive()).type).toBe(EventType.CHILD);
    expect((await conn.children(parent)).children.sort()).toEqual(names.slice(1));
  });
});

describe('paths of any length', () => {
  it.each([...AROUND_THE_INLINE_LIMIT, 100_000])('work, %d bytes', async (length) => {
    const conn = await open(server.address);
    const path = longName(length, newPath());
    expect(await conn.create(path, 'a')).toBe(path);
    expect((await conn.get(path, { encoding: 'utf8' })).data).toBe('a');
    expect((await conn.set(path, 'b')).version).toBe(1);
    await conn.delete(path);
    await expect(conn.get(path)).rejects.toMatchObject({ code: 'ZNONODE', path });
  });

  it.each([...AROUND_THE_INLINE_LIMIT, 100_000])('are watched, %d bytes', async (length) => {
    const conn = await open(server.address);
    const path = longName(length, newPath());
    const { watch: created } = await conn.existsW(path);
    await conn.create(path);
    expect(await created.receive()).toMatchObject({ type: EventType.CREATED, path });
    const { watch: changed } = await conn.getW(path);
    await conn.set(path, 'b');
    expect(await changed.receive()).toMatchObject({ type: EventType.CHANGED, path });
    const { watch: grown } = await conn.childrenW(path);
    await conn.create(`${path}/child`);
    expect(await grown.receive()).toMatchObject({ type: EventType.CHILD, path });
    const { watch: cancelled } = await conn.getW(path);
    await cancelled.cancel();
    expect(cancelled.closed).toBe(true);
  });
});
