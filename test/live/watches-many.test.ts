import { EventType, State } from 'libzookeeper';
import { expect, it } from 'vitest';
import { newPath, open, openThroughProxy } from '../support/connections.js';
import { patiently } from '../support/patience.js';
import { startServer } from '../support/server.js';
import { serverHasWatches } from '../support/server-watches.js';

const server = await startServer();

/** The limit that servers have for one request. */
const JUTE_MAX_BUFFER = 0xf_ffff;

// Trap 5: set again by a single request, the server would close the connection, each time anew.
it(
  'more than a megabyte of watched paths survives a reconnection',
  async () => {
    const { conn, proxy } = await openThroughProxy(server.address);
    const other = await open(server.address);
    const parent = await conn.create(newPath());
    const nodes = Array.from({ length: 100 }, (_, index) => `${parent}/there-${index}`);
    await Promise.all(nodes.map((path) => conn.create(path)));
    const missing = Array.from(
      { length: 9000 },
      (_, index) => `${parent}/${'x'.repeat(120)}-${index}`,
    );
    expect(missing.join('').length).toBeGreaterThan(JUTE_MAX_BUFFER);
    const created = await Promise.all(missing.map((path) => conn.existsW(path)));
    const changed = await Promise.all(nodes.map((path) => conn.getW(path)));
    const children = await conn.childrenW(parent);
    await serverHasWatches(server.address, { data: missing.length + nodes.length, children: 1 });

    expect(await conn.session.receive()).toMatchObject({ state: State.CONNECTED });
    proxy.refuse();
    proxy.cut();
    expect(await conn.session.receive()).toMatchObject({ state: State.CONNECTING });
    // One of each sort of what is to be set again changes meanwhile: the first, the last and one in the middle.
    const seen = [0, 4500, 8999];
    for (const index of seen) await other.create(missing[index] as string);
    for (const index of [0, 99]) await other.set(nodes[index] as string, 'new');
    const connections = proxy.accepted;
    await proxy.accept();
    expect(await conn.session.receive()).toMatchObject({ state: State.CONNECTED });

    for (const index of seen) {
      expect(await created[index]?.watch.receive()).toMatchObject({ type: EventType.CREATED });
    }
    for (const index of [0, 99]) {
      expect(await changed[index]?.watch.receive()).toMatchObject({ type: EventType.CHANGED });
    }
    expect(await children.watch.receive()).toMatchObject({ type: EventType.CHILD, path: parent });
    await serverHasWatches(server.address, {
      data: missing.length - seen.length + nodes.length - 2,
      children: 0,
    });
    await other.create(missing[1] as string);
    expect(await created[1]?.watch.receive()).toMatchObject({ path: missing[1] });
    expect(proxy.accepted).toBe(connections + 1);
    expect(conn.state).toBe(State.CONNECTED);
  },
  patiently(30_000),
);
