import { type Conn, CreateFlag } from 'libzookeeper';
import { describe, expect, it } from 'vitest';
import { newPath, open } from '../support/connections.js';
import { startServer } from '../support/server.js';
import { waitFor } from '../support/wait-for.js';

const { EPHEMERAL, SEQUENCE, CONTAINER } = CreateFlag;
const { PERSISTENT_WITH_TTL, PERSISTENT_SEQUENTIAL_WITH_TTL } = CreateFlag;

const server = await startServer();

/** Each kind of node. A path ends with a dash where a number is appended to it. */
const KINDS = [
  { kind: 'persistent', options: undefined, isSequential: false },
  { kind: 'persistent, by a flag of 0', options: { flags: 0 }, isSequential: false },
  { kind: 'ephemeral', options: { flags: EPHEMERAL }, isSequential: false },
  { kind: 'sequential', options: { flags: SEQUENCE }, isSequential: true },
  {
    kind: 'ephemeral and sequential',
    options: { flags: EPHEMERAL | SEQUENCE },
    isSequential: true,
  },
  { kind: 'container', options: { flags: CONTAINER }, isSequential: false },
  {
    kind: 'with a time to live',
    options: { flags: PERSISTENT_WITH_TTL, ttl: 600_000 },
    isSequential: false,
  },
  {
    kind: 'sequential with a time to live',
    options: { flags: PERSISTENT_SEQUENTIAL_WITH_TTL, ttl: 600_000 },
    isSequential: true,
  },
];

/** A connection, and a node that no other test has. */
async function openWithParent(): Promise<{ conn: Conn; parent: string }> {
  const conn = await open(server.address);
  const parent = newPath();
  await conn.create(parent);
  return { conn, parent };
}

describe.each(KINDS)('a node that is $kind', ({ kind, options, isSequential }) => {
  const end = isSequential ? '0000000000' : '';

  it('is created under the path that create resolves to', async () => {
    const { conn, parent } = await openWithParent();
    expect(await conn.create(`${parent}/a-`, 'data', options)).toBe(`${parent}/a-${end}`);
    const { data, stat } = await conn.get(`${parent}/a-${end}`, { encoding: 'utf8' });
    expect(data).toBe('data');
    expect(stat).toMatchObject({ version: 0, cversion: 0, dataLength: 4 });
    expect((await conn.children(parent)).children).toEqual([`a-${end}`]);
  });

  it('is created by createWithStat, which resolves to its stat as well', async () => {
    const { conn, parent } = await openWithParent();
    const { path, stat } = await conn.createWithStat(`${parent}/a-`, 'data', options);
    expect(path).toBe(`${parent}/a-${end}`);
    expect(stat).toEqual(await conn.exists(path));
    expect(stat).toMatchObject({ version: 0, cversion: 0, aversion: 0, numChildren: 0 });
    expect(stat.dataLength).toBe(4);
    expect(stat.ephemeralOwner).toBe(kind.startsWith('ephemeral') ? conn.clientId.id : 0n);
    expect(stat.ctime.getTime()).toBeGreaterThan(Date.now() - 60_000);
  });
});

describe('an ephemeral node', () => {
  it("has its session's id as its owner, and goes with the session", async () => {
    const { conn, parent } = await openWithParent();
    const owner = await open(server.address);
    const { stat } = await owner.createWithStat(`${parent}/a`, '', { flags: EPHEMERAL });
    expect(stat.ephemeralOwner).toBe(owner.clientId.id);
    expect(stat.ephemeralOwner).not.toBe(0n);

    const { watch } = await conn.existsW(`${parent}/a`);
    await owner.close();
    expect(String(await watch.receive())).toBe(`ZooKeeper connected; path deleted: ${parent}/a`);
    expect(await conn.exists(`${parent}/a`)).toBeNull();
  });

  it('leaves what is persistent when its session ends', async () => {
    const { conn, parent } = await openWithParent();
    const owner = await open(server.address);
    const persistent = await owner.create(`${parent}/p-`, '', { flags: SEQUENCE });
    const ephemeral = await owner.create(`${parent}/e-`, '', { flags: EPHEMERAL | SEQUENCE });
    await owner.close();
    await waitFor(async () => (await conn.exists(ephemeral)) === null);
    const stat = await conn.exists(persistent);
    expect(stat?.ephemeralOwner).toBe(0n);
  });
});

describe('a sequential node', () => {
  // conformance 13
  it('at "/test-", ephemeral, is "/test-0000000000" in a root of its own', async () => {
    const { parent } = await openWithParent();
    const conn = await open(server.address + parent);
    const flags = SEQUENCE | EPHEMERAL;
    expect(await conn.create('/test-', 'x', { flags })).toBe('/test-0000000000');
    await expect(conn.create('/test-0000000000', 'y')).rejects.toMatchObject({
      code: 'ZNODEEXISTS',
      message: 'zookeeper: create "/test-0000000000": node exists',
    });
    expect((await conn.get('/test-0000000000', { encoding: 'utf8' })).data).toBe('x');
  });

  it('has a number one higher than the one before, whatever their names', async () => {
    const { conn, parent } = await openWithParent();
    const paths = await Promise.all(
      ['a-', 'b-', 'a-'].map((name) => conn.create(`${parent}/${name}`, '', { flags: SEQUENCE })),
    );
    expect(paths).toEqual([
      `${parent}/a-0000000000`,
      `${parent}/b-0000000001`,
      `${parent}/a-0000000002`,
    ]);
  });

  it('may be named by its number alone', async () => {
    const { conn, parent } = await openWithParent();
    const path = await conn.create(`${parent}/`, '', { flags: SEQUENCE });
    expect(path).toBe(`${parent}/0000000000`);
    expect(await conn.exists(path)).not.toBeNull();
  });

  it('gets a number of its own for each of many connections', async () => {
    const { conn, parent } = await openWithParent();
    const conns = [conn, await open(server.address), await open(server.address)];
    const creations = Array.from({ length: 90 }, (_, index) =>
      conns[index % 3]?.create(`${parent}/n-`, '', { flags: SEQUENCE }),
    );
    const paths = await Promise.all(creations);
    expect(new Set(paths).size).toBe(90);
    expect([...paths].sort().at(-1)).toBe(`${parent}/n-0000000089`);
  });
});

describe('flags and times to live that make no sense are refused with ZBADARGUMENTS', () => {
  it.each([
    ['ephemeral container', { flags: EPHEMERAL | CONTAINER }],
    ['all flags', { flags: 7 }],
    ['a flag that nobody knows', { flags: 8 }],
    ['a negative flag', { flags: -1 }],
    ['half a flag', { flags: 1.5 }],
    ['NaN', { flags: Number.NaN }],
    ['a ttl without a flag', { ttl: 1000 }],
    ['an ephemeral node with a ttl', { flags: EPHEMERAL, ttl: 1000 }],
    ['a container with a ttl', { flags: CONTAINER, ttl: 1000 }],
    ['no ttl', { flags: PERSISTENT_WITH_TTL }],
    ['no ttl, sequential', { flags: PERSISTENT_SEQUENTIAL_WITH_TTL }],
    ['a ttl of 0', { flags: PERSISTENT_WITH_TTL, ttl: 0 }],
    ['a negative ttl', { flags: PERSISTENT_WITH_TTL, ttl: -1 }],
    ['half a millisecond', { flags: PERSISTENT_WITH_TTL, ttl: 0.5 }],
    ['a ttl of 41 bits', { flags: PERSISTENT_WITH_TTL, ttl: 2 ** 40 }],
    ['an endless ttl', { flags: PERSISTENT_WITH_TTL, ttl: Number.POSITIVE_INFINITY }],
  ])('%s', async (_, options) => {
    const { conn, parent } = await openWithParent();
    const subject = 'ttl' in options && !('flags' in options) ? 'ttl' : /flags|ttl/;
    for (const method of ['create', 'createWithStat'] as const) {
      const creation = conn[method](`${parent}/a`, '', options);
      await expect(creation).rejects.toMatchObject({ code: 'ZBADARGUMENTS', op: method });
      await expect(creation).rejects.toThrow(subject);
    }
    expect((await conn.children(parent)).children).toEqual([]);
  });

  it('but the longest time to live is taken', async () => {
    const { conn, parent } = await openWithParent();
    const options = { flags: PERSISTENT_WITH_TTL, ttl: 2 ** 40 - 1 };
    expect(await conn.create(`${parent}/a`, '', options)).toBe(`${parent}/a`);
  });
});
