import type { Socket } from 'node:net';
import { connect, dial, State } from 'libzookeeper';
import { describe, expect, it } from 'vitest';
import { openSoon } from '../support/connections.js';
import { watchEventLoop } from '../support/event-loop.js';
import { blackHole, deadAddress, hangUp, listen } from '../support/listener.js';
import { codeOf, operations } from '../support/operations.js';

/** A sixtieth of it, 50 ms, is the C client's pause when it has tried all servers. */
const sessionTimeout = 3000;

// conformance 2
describe('a dead port is no error for dial', () => {
  it.each(operations)('%s rejects with ZCONNECTIONLOSS', async (op, call) => {
    const conn = openSoon(await deadAddress(), { sessionTimeout });
    await expect(call(conn)).rejects.toMatchObject({ code: 'ZCONNECTIONLOSS', op });
  });

  it('retryChange rejects with ZCONNECTIONLOSS, and does not call its change', async () => {
    const conn = openSoon(await deadAddress());
    let calls = 0;
    const change = () => {
      calls += 1;
      return 'x';
    };
    await expect(conn.retryChange('/a', change)).rejects.toMatchObject({ code: 'ZCONNECTIONLOSS' });
    expect(calls).toBe(0);
  });

  it('no session event comes, and the state stays CONNECTING', async () => {
    const conn = openSoon(await deadAddress(), { sessionTimeout: 600 });
    const events: unknown[] = [];
    conn.on('session', (event) => events.push(event));
    for (let i = 0; i < 5; i += 1) await codeOf(conn.exists('/'));
    expect(events).toEqual([]);
    expect(conn.state).toBe(State.CONNECTING);
  });

  it('connect rejects after its timeout', async () => {
    const address = await deadAddress();
    await expect(connect(address, { connectTimeout: 100 })).rejects.toMatchObject({
      code: 'ZOPERATIONTIMEOUT',
    });
  });

  it('close is immediate, with requests in flight, too', async () => {
    const conn = dial(await deadAddress());
    const codes = Promise.all(operations.map(([, call]) => codeOf(call(conn))));
    const started = performance.now();
    await conn.close();
    expect(performance.now() - started).toBeLessThan(250);
    expect(new Set(await codes)).toEqual(new Set(['ZCONNECTIONLOSS']));
  });

  it('close fails what waits behind a credential with ZCONNECTIONLOSS, too', async () => {
    const conn = dial(await deadAddress());
    const calls = [conn.exists('/'), conn.addAuth('digest', 'a:b'), conn.exists('/')].map(codeOf);
    await conn.close();
    expect(await Promise.all(calls)).toEqual(Array(3).fill('ZCONNECTIONLOSS'));
  });
});

describe('a server that takes the connection and says nothing', () => {
  it('makes every operation reject with ZCONNECTIONLOSS within the session timeout', async () => {
    const { address } = await blackHole();
    const conn = openSoon(address, { sessionTimeout: 900 });
    const loop = watchEventLoop();
    const started = performance.now();
    const codes = await Promise.all(operations.map(([, call]) => codeOf(call(conn))));
    expect(codes).toEqual(operations.map(() => 'ZCONNECTIONLOSS'));
    expect(performance.now() - started).toBeLessThan(900);
    expect(loop.stop()).toBeLessThan(300);
  });

  it('makes credentials and what is behind them fail with the first attempt', async () => {
    const { address } = await blackHole();
    const conn = openSoon(address, { sessionTimeout: 900 });
    const started = performance.now();
    const calls = Array.from({ length: 5 }, () => conn.addAuth('digest', 'a:b'));
    const codes = await Promise.all([...calls, conn.exists('/')].map(codeOf));
    expect(codes).toEqual(Array(6).fill('ZCONNECTIONLOSS'));
    expect(performance.now() - started).toBeLessThan(900);
  });
});

/** The most attempts that the C client makes of its own in so many milliseconds, twice over. */
function fewAttempts(elapsed: number): number {
  return 3 + 2 * (elapsed / (sessionTimeout / 60));
}

// Trap 26 of design.md: each call woke the C client's loop, and ended its pause.
describe('calls that are made while the server is down do not make it try more often', () => {
  it('each made right after the last one failed', async () => {
    const server = await hangUp();
    const conn = openSoon(server.address, { sessionTimeout });
    const started = performance.now();
    const codes: string[] = [];
    while (performance.now() - started < 1000) codes.push(await codeOf(conn.exists('/')));
    const elapsed = performance.now() - started;
    expect(new Set(codes)).toEqual(new Set(['ZCONNECTIONLOSS']));
    expect(server.accepted).toBeLessThan(fewAttempts(elapsed));
    // It does go on trying, and each attempt fails what has waited for it.
    expect(server.accepted).toBeGreaterThan(4);
    expect(codes.length).toBeGreaterThan(4);
  });

  it('a thousand of them at once, of every kind, and all of them reject', async () => {
    const server = await hangUp();
    const conn = openSoon(server.address, { sessionTimeout });
    const started = performance.now();
    for (let round = 0; round < 5; round += 1) {
      const codes = await Promise.all(
        Array.from({ length: 1000 }, (_, i) =>
          codeOf((operations[i % operations.length] as (typeof operations)[number])[1](conn)),
        ),
      );
      expect(new Set(codes)).toEqual(new Set(['ZCONNECTIONLOSS']));
    }
    const elapsed = performance.now() - started;
    // A few attempts' time; not one for each credential among them.
    expect(elapsed).toBeLessThan(10_000);
    expect(server.accepted).toBeLessThan(fewAttempts(elapsed));
  });

  it('at any moment, and none of them hangs', async () => {
    const server = await hangUp();
    const conn = openSoon(server.address, { sessionTimeout });
    const started = performance.now();
    const codes: Promise<string>[] = [];
    while (performance.now() - started < 600) {
      codes.push(codeOf(conn.exists('/')), codeOf(conn.set('/', '')));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(new Set(await Promise.all(codes))).toEqual(new Set(['ZCONNECTIONLOSS']));
    expect(server.accepted).toBeLessThan(fewAttempts(performance.now() - started));
  });

  it('when nobody listens on the port, either', async () => {
    const conn = openSoon(await deadAddress(), { sessionTimeout });
    const started = performance.now();
    let failed = 0;
    while (performance.now() - started < 500) {
      expect(await codeOf(conn.exists('/'))).toBe('ZCONNECTIONLOSS');
      failed += 1;
    }
    expect(failed).toBeLessThan(fewAttempts(500));
  });
});

describe('calls that are made while an attempt to connect is under way', () => {
  it('fail with that attempt', async () => {
    const waiting: Socket[] = [];
    const server = await listen((socket) => waiting.push(socket));
    const conn = openSoon(server.address, { sessionTimeout: 20_000 });
    const calls = Array.from({ length: 100 }, () => codeOf(conn.exists('/')));
    while (waiting.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    calls.push(codeOf(conn.exists('/')));
    const started = performance.now();
    waiting[0]?.resetAndDestroy();
    expect(new Set(await Promise.all(calls))).toEqual(new Set(['ZCONNECTIONLOSS']));
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
