import { CreateFlag, State } from 'libzookeeper';
import { beforeAll, describe, expect, it } from 'vitest';
import { newPath, open } from '../support/connections.js';
import { blockEventLoop } from '../support/event-loop.js';
import { startServer, type TestServer } from '../support/server.js';
import { recordStates } from '../support/session-states.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});

describe('an event loop that is blocked for longer than the session timeout', () => {
  it('loses neither the session nor an ephemeral node', async () => {
    const conn = await open(server.address, { sessionTimeout: 1500 });
    const path = newPath();
    const created = await conn.createWithStat(path, 'x', { flags: CreateFlag.EPHEMERAL });
    const { watch } = await conn.existsW(path);
    const { id } = conn.clientId;
    const states = recordStates(conn);

    blockEventLoop(3000);

    const stat = await conn.exists(path);
    expect(stat?.czxid).toBe(created.stat.czxid);
    expect(stat?.ephemeralOwner).toBe(id);
    expect(states).toEqual([]);
    expect(conn.state).toBe(State.CONNECTED);
    // Nothing was lost and made again, either: somebody would have seen it go.
    expect(watch.closed).toBe(false);
  });

  it('loses no answer and no event', async () => {
    const conn = await open(server.address, { sessionTimeout: 500 });
    const path = newPath();
    await conn.create(path);
    const { watch } = await conn.getW(path);
    const answers = [conn.set(path, 'x'), conn.set(path, 'y')];

    blockEventLoop(800);

    expect((await Promise.all(answers)).map(({ version }) => version)).toEqual([1, 2]);
    expect(await watch.receive()).toMatchObject({ path });
  });
});
