import { type Conn, connect, dial, State } from 'libzookeeper';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { watchEventLoop } from '../support/event-loop.js';
import { expectFootprint, restingFootprint } from '../support/footprint.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
  await (await connect(server.address)).close();
});

afterEach(() => server.resume());

const SESSION_TIMEOUT = 2000;
/** What timers and threads may be late by on a machine that has much to do. */
const SLACK = 250;
/** The event loop stalls when it stands still for longer; the C client would for 1.5 s. */
const STALL = 300;

/** Closes a connection while the server is frozen, and looks at the event loop meanwhile. */
async function closeWhileFrozen(
  conn: Conn,
  requests: (conn: Conn) => Promise<unknown>[] = () => [],
) {
  await server.pause();
  const answers = requests(conn);
  const loop = watchEventLoop();
  const started = performance.now();
  const closing = conn.close();
  const settled = await Promise.allSettled(answers);
  await closing;
  const elapsed = performance.now() - started;
  const longestStall = loop.stop();
  expect(conn.state).toBe(State.CLOSED);
  return { settled, elapsed, longestStall };
}

// conformance 7
describe('close of a connection whose server is frozen ends within the session timeout, and the event loop never stalls', () => {
  it('with nothing in flight', async () => {
    const conn = await connect(server.address, { sessionTimeout: SESSION_TIMEOUT });
    const { elapsed, longestStall } = await closeWhileFrozen(conn);
    expect(elapsed).toBeLessThan(SESSION_TIMEOUT + SLACK);
    expect(longestStall).toBeLessThan(STALL);
  });

  it('with a request in flight, which rejects with ZCONNECTIONLOSS', async () => {
    const conn = await connect(server.address, { sessionTimeout: SESSION_TIMEOUT });
    const { settled, elapsed, longestStall } = await closeWhileFrozen(conn, () => [conn.get('/')]);
    expect(settled).toMatchObject([{ status: 'rejected', reason: { code: 'ZCONNECTIONLOSS' } }]);
    expect(elapsed).toBeLessThan(SESSION_TIMEOUT + SLACK);
    expect(longestStall).toBeLessThan(STALL);
  });

  it('with requests of every kind in flight, more than the socket takes', async () => {
    const conn = await connect(server.address, { sessionTimeout: SESSION_TIMEOUT });
    const megabyte = Buffer.alloc(1_000_000);
    const { settled, elapsed, longestStall } = await closeWhileFrozen(conn, () => [
      ...Array.from({ length: 20 }, () => conn.set('/frozen', megabyte)),
      conn.getW('/'),
      conn.existsW('/a'),
      conn.childrenW('/'),
      conn.sync('/'),
      conn.addAuth('digest', 'user:password'),
      conn.create('/frozen'),
    ]);
    for (const one of settled) {
      expect(one).toMatchObject({ status: 'rejected', reason: { code: 'ZCONNECTIONLOSS' } });
    }
    expect(elapsed).toBeLessThan(SESSION_TIMEOUT + SLACK);
    expect(longestStall).toBeLessThan(STALL);
  });

  it('that is shorter than the C client takes, and nothing is left running in the end', async () => {
    const before = await restingFootprint();
    // The C client waits for 1.5 s for the server to see the session off.
    const conn = await connect(server.address, { sessionTimeout: 1000 });
    const { elapsed, longestStall } = await closeWhileFrozen(conn);
    expect(elapsed).toBeLessThan(1000 + SLACK);
    expect(longestStall).toBeLessThan(STALL);
    await expectFootprint(before);
  });

  it('while several connections are closed at once', async () => {
    const conns = await Promise.all(
      Array.from({ length: 10 }, () =>
        connect(server.address, { sessionTimeout: SESSION_TIMEOUT }),
      ),
    );
    await server.pause();
    const loop = watchEventLoop();
    const started = performance.now();
    await Promise.all(conns.map((conn) => conn.close()));
    expect(performance.now() - started).toBeLessThan(SESSION_TIMEOUT + SLACK);
    expect(loop.stop()).toBeLessThan(STALL);
  });

  it('before there was a session, too, and then at once', async () => {
    await server.pause();
    const loop = watchEventLoop();
    const conn = dial(server.address, { sessionTimeout: SESSION_TIMEOUT });
    const answer = conn.exists('/').catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const started = performance.now();
    await conn.close();
    expect(performance.now() - started).toBeLessThan(SLACK);
    expect(loop.stop()).toBeLessThan(STALL);
    expect(await answer).toMatchObject({ code: 'ZCONNECTIONLOSS' });
  });
});

describe('a server that is frozen for a short time', () => {
  it('is no harm: what was in flight is answered', async () => {
    const conn = await connect(server.address, { sessionTimeout: 4000 });
    await server.pause();
    const answer = conn.exists('/');
    const closing = conn.close();
    await server.resume();
    expect(await answer).not.toBeNull();
    await closing;
  });
});
