import { type Conn, CreateFlag, EventType, op } from 'libzookeeper';
import { describe, expect, it } from 'vitest';
import { newPath, open, openThroughProxy } from '../support/connections.js';
import { startServer } from '../support/server.js';

const server = await startServer();

/** A connection without a chroot, and one that has a node of its own as its root. */
async function openBoth(depth = 1): Promise<{ outside: Conn; inside: Conn; root: string }> {
  const outside = await open(server.address);
  let root = '';
  for (let level = 0; level < depth; level += 1) root = await outside.create(root + newPath());
  return { outside, inside: await open(server.address + root), root };
}

describe('with a chroot', () => {
  // conformance 18
  it.each([1, 3])('%d deep, created paths are relative to it', async (depth) => {
    const { outside, inside, root } = await openBoth(depth);
    expect(await inside.create('/a', 'x')).toBe('/a');
    expect((await inside.createWithStat('/a/b', 'y')).path).toBe('/a/b');
    expect(await inside.create('/a/c-', 'z', { flags: CreateFlag.SEQUENCE })).toBe(
      '/a/c-0000000001',
    );
    const { path } = await inside.createWithStat('/d-', '', { flags: CreateFlag.SEQUENCE });
    expect(path).toBe('/d-0000000001');

    expect((await outside.get(`${root}/a`, { encoding: 'utf8' })).data).toBe('x');
    expect((await outside.get(`${root}/a/b`, { encoding: 'utf8' })).data).toBe('y');
    expect((await outside.children(root)).children.sort()).toEqual(['a', 'd-0000000001']);
  });

  it('reads, changes and removes are of the nodes below it', async () => {
    const { outside, inside, root } = await openBoth();
    await outside.create(`${root}/a`, '1');
    expect((await inside.get('/a', { encoding: 'utf8' })).data).toBe('1');
    expect((await inside.exists('/a'))?.version).toBe(0);
    await inside.set('/a', '2');
    await inside.retryChange('/a', (old) => `${old}3`);
    expect((await outside.get(`${root}/a`, { encoding: 'utf8' })).data).toBe('23');
    await inside.setACL('/a', (await inside.acl('/a')).acl);
    await inside.sync('/a');
    await inside.delete('/a');
    expect(await outside.exists(`${root}/a`)).toBeNull();
  });

  it('"/" is its own node, whose children are those below it', async () => {
    const { outside, inside, root } = await openBoth();
    await outside.set(root, 'root');
    await inside.create('/a');
    expect((await inside.get('/', { encoding: 'utf8' })).data).toBe('root');
    expect((await inside.children('/')).children).toEqual(['a']);
    expect((await inside.exists('/'))?.numChildren).toBe(1);
    expect((await inside.acl('/')).acl).toHaveLength(1);
  });

  // The C client takes '/' for the chroot, and the server appended the number to that: '/app' begot '/app0000000000'.
  it('a sequential node in its root has to have a name', async () => {
    const { outside, inside, root } = await openBoth(2);
    const flags = CreateFlag.SEQUENCE;
    for (const creation of [
      inside.create('/', '', { flags }),
      inside.createWithStat('/', '', { flags }),
      inside.multi([op.create('/', '', { flags })]),
    ]) {
      await expect(creation).rejects.toMatchObject({ code: 'ZBADARGUMENTS', path: '/' });
    }
    const [, parent, name] = root.split('/');
    expect((await outside.children(`/${parent}`)).children).toEqual([name]);
    expect(await inside.create('/a', '')).toBe('/a');
    expect(await inside.create('/a/', '', { flags })).toBe('/a/0000000000');
  });

  it('no path leads out of it', async () => {
    const { inside } = await openBoth();
    await expect(inside.get('/../zookeeper')).rejects.toMatchObject({ code: 'ZBADARGUMENTS' });
    await expect(inside.get('x')).rejects.toMatchObject({ code: 'ZBADARGUMENTS' });
    await expect(inside.get('/zookeeper')).rejects.toMatchObject({ code: 'ZNONODE' });
  });

  it('errors name the path that was given', async () => {
    const { inside } = await openBoth();
    await expect(inside.get('/a')).rejects.toMatchObject({
      path: '/a',
      message: 'zookeeper: get "/a": no node',
    });
  });
});

describe('with a chroot, an event path is relative to it', () => {
  // conformance 18
  it.each([
    ['getW', EventType.CHANGED, (conn: Conn, root: string) => conn.set(`${root}/a/b`, 'x')],
    ['getW', EventType.DELETED, (conn: Conn, root: string) => conn.delete(`${root}/a/b`)],
    ['existsW', EventType.CHANGED, (conn: Conn, root: string) => conn.set(`${root}/a/b`, 'x')],
    ['existsW', EventType.DELETED, (conn: Conn, root: string) => conn.delete(`${root}/a/b`)],
    ['childrenW', EventType.CHILD, (conn: Conn, root: string) => conn.create(`${root}/a/b/c`)],
    ['childrenW', EventType.DELETED, (conn: Conn, root: string) => conn.delete(`${root}/a/b`)],
  ] as const)('%s, event %d', async (method, type, change) => {
    const { outside, inside, root } = await openBoth();
    await outside.create(`${root}/a`);
    await outside.create(`${root}/a/b`);
    const { watch } = await inside[method]('/a/b');
    expect(watch.path).toBe('/a/b');
    await change(outside, root);
    expect(await watch.receive()).toMatchObject({ type, path: '/a/b' });
  });

  it('of a creation', async () => {
    const { outside, inside, root } = await openBoth();
    const { watch } = await inside.existsW('/a');
    await outside.create(`${root}/a`);
    expect(await watch.receive()).toMatchObject({ type: EventType.CREATED, path: '/a' });
  });

  it.each([
    ['getW', EventType.CHANGED, (conn: Conn, root: string) => conn.set(root, 'x')],
    ['existsW', EventType.CHANGED, (conn: Conn, root: string) => conn.set(root, 'x')],
    ['childrenW', EventType.CHILD, (conn: Conn, root: string) => conn.create(`${root}/a`)],
    ['childrenW', EventType.DELETED, (conn: Conn, root: string) => conn.delete(root)],
  ] as const)('%s on "/" itself, event %d', async (method, type, change) => {
    const { outside, inside, root } = await openBoth();
    const { watch } = await inside[method]('/');
    expect(watch.path).toBe('/');
    await change(outside, root);
    expect(await watch.receive()).toMatchObject({ type, path: '/' });
    expect(watch.closed).toBe(true);
  });

  it('of a change made while the client was away', async () => {
    const outside = await open(server.address);
    const root = await outside.create(newPath());
    await outside.create(`${root}/a`);
    const { conn, proxy } = await openThroughProxy(server.address, { chroot: root });
    const { watch } = await conn.getW('/a');
    const { watch: rootWatch } = await conn.childrenW('/');
    proxy.refuse();
    proxy.cut();
    await outside.set(`${root}/a`, 'x');
    await outside.create(`${root}/b`);
    await proxy.accept();
    expect(await watch.receive()).toMatchObject({ type: EventType.CHANGED, path: '/a' });
    expect(await rootWatch.receive()).toMatchObject({ type: EventType.CHILD, path: '/' });
  });

  it('and cancelling such a watch removes it on the server', async () => {
    const { outside, inside, root } = await openBoth();
    for (const method of ['getW', 'childrenW'] as const) {
      const { watch } = await inside[method]('/');
      await watch.cancel();
      expect(watch.closed).toBe(true);
    }
    const { watch } = await inside.getW('/');
    await outside.set(root, 'x');
    expect(await watch.receive()).toMatchObject({ type: EventType.CHANGED, path: '/' });
  });
});

describe('a chroot that does not exist yet', () => {
  // conformance 18
  it('is no error to connect to, has no nodes, and comes to life when somebody makes it', async () => {
    const outside = await open(server.address);
    const root = newPath();
    const inside = await open(server.address + root);
    await expect(inside.get('/')).rejects.toMatchObject({ code: 'ZNONODE', path: '/' });
    await expect(inside.children('/')).rejects.toMatchObject({ code: 'ZNONODE', path: '/' });
    await expect(inside.create('/a')).rejects.toMatchObject({ code: 'ZNONODE', path: '/a' });

    const { stat, watch } = await inside.existsW('/');
    expect(stat).toBeNull();
    await outside.create(root);
    expect(await watch.receive()).toMatchObject({ type: EventType.CREATED, path: '/' });
    expect(await inside.create('/a')).toBe('/a');
  });

  it('can be made from within, as "/"', async () => {
    const outside = await open(server.address);
    const root = newPath();
    const inside = await open(server.address + root);
    expect(await inside.create('/', 'made')).toBe('/');
    expect((await outside.get(root, { encoding: 'utf8' })).data).toBe('made');
    expect((await inside.get('/', { encoding: 'utf8' })).data).toBe('made');
  });
});
