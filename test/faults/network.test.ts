import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openProxy } from '../support/connections.js';
import { misbehave } from '../support/lossy-link.js';
import type { Random } from '../support/random.js';
import { randomOfTest } from '../support/random-of-test.js';
import { startServer } from '../support/server.js';
import type { TcpProxy } from '../support/tcp-proxy.js';
import { duration, LONGEST_TEST } from './scale.js';
import { Workload } from './workload/workload.js';

const SESSION_TIMEOUT = 2000;

let server: string;
beforeAll(async () => {
  server = (await startServer()).address;
});

/** A workload behind a network that can be made to fail. */
async function start(): Promise<{ workload: Workload; proxy: TcpProxy; random: Random }> {
  const random = randomOfTest();
  const proxy = await openProxy(server);
  const workload = await Workload.start(
    { servers: proxy.address, verifyAt: server, sessionTimeout: SESSION_TIMEOUT },
    random,
  );
  onTestFinished(() => workload.close());
  await workload.progress(100);
  return { workload, proxy, random };
}

describe('nothing is lost, nothing hangs, and every error tells the truth', {
  timeout: LONGEST_TEST,
}, () => {
  it('when the network is cut, again and again', async () => {
    const { workload, proxy } = await start();
    const end = performance.now() + duration(1500, 20_000);
    while (performance.now() < end) {
      proxy.cut();
      await workload.progress(50);
    }
    expect(workload.calls.codes.get('ZCONNECTIONLOSS')).toBeGreaterThan(0);
    await workload.verify();
  });

  it('when the network is cut for less than the session timeout: no session is lost', async () => {
    const { workload, proxy } = await start();
    proxy.blackHole();
    await sleep(SESSION_TIMEOUT / 4);
    await proxy.restore();
    await workload.progress(200);
    await workload.verify();
    expect(workload.calls.codes.get('ZSESSIONEXPIRED')).toBeUndefined();
  });

  it('when the network is cut for longer than the session timeout: every session is lost', async () => {
    const { workload, proxy } = await start();
    proxy.blackHole();
    await sleep(2 * SESSION_TIMEOUT);
    await proxy.restore();
    await workload.progress(200);
    await workload.verify();
    expect(workload.calls.codes.get('ZSESSIONEXPIRED')).toBeGreaterThan(0);
  });

  it.each(['incoming', 'outgoing'] as const)(
    'when one direction is lost: %s',
    async (direction) => {
      const { workload, proxy } = await start();
      proxy.blackHole(direction);
      await sleep(SESSION_TIMEOUT / 3);
      await proxy.restore();
      await workload.progress(200);
      await workload.verify();
    },
  );

  it('when the link is slow', async () => {
    const { workload, proxy } = await start();
    proxy.delay(10);
    proxy.throttle(64 * 1024);
    await workload.progress(200);
    await proxy.restore();
    await workload.verify();
  });

  it('when the link stalls, slows down and breaks at random', async () => {
    const { workload, proxy, random } = await start();
    await misbehave(proxy, random, duration(2500, 30_000));
    await workload.progress(200);
    await workload.verify();
  });
});
