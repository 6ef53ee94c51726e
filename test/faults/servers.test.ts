import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { open } from '../support/connections.js';
import { randomOfTest } from '../support/random-of-test.js';
import { startServer, type TestServer } from '../support/server.js';
import { LONGEST_TEST } from './scale.js';
import { Calls } from './workload/calls.js';
import { Workload } from './workload/workload.js';

const SESSION_TIMEOUT = 4000;

/** A server, and a workload on it. */
async function start(sessionTimeout: number): Promise<{ server: TestServer; workload: Workload }> {
  const server = await startServer();
  const workload = await Workload.start(
    { servers: server.address, sessionTimeout },
    randomOfTest(),
  );
  onTestFinished(() => workload.close());
  return { server, workload };
}

describe('nothing is lost, nothing hangs, and every error tells the truth', {
  timeout: LONGEST_TEST,
}, () => {
  it('when a server is killed with 1000 operations in flight, and comes back', async () => {
    const server = await startServer();
    const conn = await open(server.address, { sessionTimeout: SESSION_TIMEOUT });
    await conn.create('/counter', '0');
    await conn.create('/children');
    const calls = new Calls();
    const sets = Array.from({ length: 500 }, (_, i) =>
      calls.make(() => conn.set('/counter', `${i + 1}`)),
    );
    const creates = Array.from({ length: 500 }, (_, i) =>
      calls.make(() => conn.create(`/children/${i}`)),
    );
    await sets[20];
    await server.kill();
    const [written, made] = [await Promise.all(sets), await Promise.all(creates)];
    await server.start();

    expect(calls.pending).toBe(0);
    const lastWritten = written.findLastIndex(({ kind }) => kind === 'done') + 1;
    // Answers come in order: behind the first that was lost, none is known.
    const firstLost = written.findIndex(({ kind }) => kind !== 'done');
    expect(firstLost === -1 || firstLost >= lastWritten).toBe(true);
    const { data } = await conn.get('/counter').catch(() => conn.get('/counter'));
    expect(Number(data.toString())).toBeGreaterThanOrEqual(lastWritten);
    const children = new Set((await conn.children('/children')).children);
    for (const [index, { kind }] of made.entries()) {
      if (kind === 'done') expect(children).toContain(`${index}`);
      if (kind === 'refused') expect(children).not.toContain(`${index}`);
    }
  });

  it('when a server is killed, and comes back, again and again', async () => {
    const { server, workload } = await start(SESSION_TIMEOUT);
    for (let round = 0; round < 3; round += 1) {
      await workload.progress(100);
      await server.kill();
      await server.start();
    }
    await workload.progress(100);
    await workload.verify();
  });

  it('when the event loop stands still for longer than the session timeout: no session is lost', async () => {
    const { workload } = await start(1000);
    for (let round = 0; round < 2; round += 1) {
      await workload.progress(100);
      const end = performance.now() + 2500;
      while (performance.now() < end);
    }
    await workload.progress(100);
    await workload.verify();
    expect([...workload.calls.codes.keys()]).toEqual([]);
  });

  it('when a server is frozen, and thawed', async () => {
    const { server, workload } = await start(SESSION_TIMEOUT);
    await workload.progress(100);
    await server.pause();
    // Long enough for the client to give the connection up, not for the server to notice, which stands still.
    await sleep(SESSION_TIMEOUT);
    await server.resume();
    await workload.progress(200);
    await workload.verify();
  });
});
