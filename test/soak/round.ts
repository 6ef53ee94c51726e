import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Server } from 'libzookeeper';
import { Workload } from '../faults/workload/workload.js';
import { misbehave } from '../support/lossy-link.js';
import type { Random } from '../support/random.js';
import { TcpProxy } from '../support/tcp-proxy.js';

const SESSION_TIMEOUT = 3000;

/** Something that goes wrong for a while, and is well again. */
type Fault = (server: Server, proxy: TcpProxy, random: Random) => Promise<void>;

const faults: Readonly<Record<string, Fault>> = {
  'a bad link': (_server, proxy, random) => misbehave(proxy, random, 3000),
  'a restart': async (server) => {
    await server.stop();
    await server.start();
  },
  'a crash': async (server) => {
    process.kill((await server.process()).pid, 'SIGKILL');
    await sleep(200);
    await server.start();
  },
  'a frozen server': async (server) => {
    const { pid } = await server.process();
    process.kill(pid, 'SIGSTOP');
    await sleep(SESSION_TIMEOUT);
    process.kill(pid, 'SIGCONT');
  },
  'expired sessions': async (_server, proxy) => {
    proxy.blackHole();
    await sleep(2 * SESSION_TIMEOUT);
    await proxy.restore();
  },
  'a worker that is terminated': async (server) => {
    const worker = new Worker(new URL('./worker.mjs', import.meta.url), {
      workerData: { servers: server.address },
    });
    await once(worker, 'message');
    await worker.terminate();
  },
  nothing: () => sleep(500),
};

/** What a round was: which faults there were, and what became of the calls. */
export interface Round {
  readonly faults: readonly string[];
  readonly resolved: number;
  readonly rejected: number;
}

/** A workload, some faults one after the other, and a look whether everything is as it must be. Leaves nothing open. */
export async function playRound(server: Server, random: Random): Promise<Round> {
  const proxy = await TcpProxy.start(server.address);
  const names = Array.from({ length: random.integer(1, 3) }, () =>
    random.pick(Object.keys(faults)),
  );
  try {
    const workload = await Workload.start(
      {
        servers: proxy.address,
        verifyAt: server.address,
        sessionTimeout: SESSION_TIMEOUT,
        size: 1,
      },
      random,
    );
    await workload.progress(100);
    for (const name of names) {
      await (faults[name] as Fault)(server, proxy, random);
      await workload.progress(50);
    }
    await workload.verify();
    return { faults: names, resolved: workload.calls.resolved, rejected: workload.calls.rejected };
  } finally {
    await proxy.close();
  }
}
