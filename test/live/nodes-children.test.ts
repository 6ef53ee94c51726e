import { CreateFlag } from 'libzookeeper';
import { describe, expect, it } from 'vitest';
import { newPath, open } from '../support/connections.js';
import { startServer } from '../support/server.js';

const server = await startServer();

describe('children', () => {
  // conformance 17
  it('of a leaf are an empty array', async () => {
    const conn = await open(server.address);
    const path = newPath();
    await conn.create(path, 'leaf');
    const { children, stat } = await conn.children(path);
    expect(children).toEqual([]);
    expect(stat).toMatchObject({ numChildren: 0, dataLength: 4 });
    const { children: watched, watch } = await conn.childrenW(path);
    expect(watched).toEqual([]);
    await watch.cancel();
  });

  it('are names, not paths, and not those of grandchildren', async () => {
    const conn = await open(server.address);
    const path = newPath();
    await conn.create(path);
    await conn.create(`${path}/a`);
    await conn.create(`${path}/a/b`);
    expect((await conn.children(path)).children).toEqual(['a']);
    expect((await conn.children('/')).children).toContain(path.slice(1));
  });

  // conformance 17
  it("are in the server's order, the same for everybody", async () => {
    const conn = await open(server.address);
    const other = await open(server.address);
    const path = newPath();
    await conn.create(path);
    for (let index = 0; index < 50; index += 1) await conn.create(`${path}/${(index * 37) % 50}`);
    const { children } = await conn.children(path);
    expect(children).toHaveLength(50);
    // A HashSet's, which nobody would arrive at by sorting.
    expect(children).not.toEqual([...children].sort());
    expect((await conn.childrenW(path)).children).toEqual(children);
    expect((await other.children(path)).children).toEqual(children);
  });

  it('of an array that the caller changed are there again in the next', async () => {
    const conn = await open(server.address);
    const path = newPath();
    await conn.create(path);
    await conn.create(`${path}/a`);
    const { children } = await conn.children(path);
    children.push('b');
    expect((await conn.children(path)).children).toEqual(['a']);
  });
});

describe('names', () => {
  // conformance 17
  it.each([
    'é',
    'e\u0301',
    'ẞ',
    '漢字',
    'עברית',
    'a b',
    ' ',
    '.a',
    'a.',
    '...',
    '\\',
    '%2F',
    '"\'`$',
    '\u00a0',
    '\u0800',
  ])('of any letters round-trip: %j', async (name) => {
    const conn = await open(server.address);
    const parent = newPath();
    await conn.create(parent);
    const path = `${parent}/${name}`;
    expect(await conn.create(path, name)).toBe(path);
    expect((await conn.children(parent)).children).toEqual([name]);
    expect((await conn.get(path, { encoding: 'utf8' })).data).toBe(name);

    const { watch } = await conn.getW(path);
    await conn.delete(path);
    expect((await watch.receive()).path).toBe(path);
  });

  it('of letters above U+FFFF are refused by the server: ZBADARGUMENTS', async () => {
    const conn = await open(server.address);
    await expect(conn.create('/🦒')).rejects.toMatchObject({ code: 'ZBADARGUMENTS', path: '/🦒' });
  });

  it('of other letters than ASCII take a number, too', async () => {
    const conn = await open(server.address);
    const parent = newPath();
    await conn.create(parent);
    const path = await conn.create(`${parent}/漢字-`, '', { flags: CreateFlag.SEQUENCE });
    expect(path).toBe(`${parent}/漢字-0000000000`);
    const { path: next } = await conn.createWithStat(`${parent}/é-`, '', {
      flags: CreateFlag.SEQUENCE,
    });
    expect(next).toBe(`${parent}/é-0000000001`);
  });
});

describe('exists', () => {
  it('gives the stat of a node, and null where there is none', async () => {
    const conn = await open(server.address);
    const path = newPath();
    expect(await conn.exists(path)).toBeNull();
    const { stat } = await conn.createWithStat(path, 'data');
    expect(await conn.exists(path)).toEqual(stat);
    await conn.delete(path);
    expect(await conn.exists(path)).toBeNull();
  });
});

describe('sync', () => {
  it('resolves, and what was done before it is seen after it', async () => {
    const conn = await open(server.address);
    const other = await open(server.address);
    const path = newPath();
    await other.create(path, 'a');
    expect(await conn.sync(path)).toBeUndefined();
    expect((await conn.get(path, { encoding: 'utf8' })).data).toBe('a');
  });
});
