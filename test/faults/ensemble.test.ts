import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, it, onTestFinished } from 'vitest';
import { startEnsemble, type TestEnsemble } from '../support/ensemble.js';
import type { Random } from '../support/random.js';
import { randomOfTest } from '../support/random-of-test.js';
import { leaderOf } from './leader.js';
import { duration, LONGEST_TEST } from './scale.js';
import { Workload } from './workload/workload.js';

const SESSION_TIMEOUT = 6000;

let ensemble: TestEnsemble;
beforeAll(async () => {
  ensemble = await startEnsemble();
});

async function start(random: Random): Promise<Workload> {
  const workload = await Workload.start(
    { servers: ensemble.address, sessionTimeout: SESSION_TIMEOUT, size: 1 },
    random,
  );
  onTestFinished(() => workload.close());
  await workload.progress(50);
  return workload;
}

describe('nothing is lost, nothing hangs, and every error tells the truth', {
  timeout: LONGEST_TEST,
}, () => {
  it('when the leader is killed every few seconds', async () => {
    const workload = await start(randomOfTest());
    const end = performance.now() + duration(1, 60_000);
    do {
      const killed = await leaderOf(ensemble.members);
      await killed.kill();
      await leaderOf(ensemble.members);
      await workload.progress(50);
      await killed.start();
      await sleep(duration(0, 2000));
    } while (performance.now() < end);
    await workload.progress(50);
    await workload.verify();
  });

  it('when the leader is frozen, others elect another one, and it is thawed', async () => {
    const workload = await start(randomOfTest());
    const frozen = await leaderOf(ensemble.members);
    await frozen.pause();
    try {
      // It leads until it hears that it does not: the others go on without it.
      await leaderOf(ensemble.members, frozen);
      await workload.progress(50);
    } finally {
      await frozen.resume();
    }
    await workload.progress(50);
    await workload.verify();
  });

  it('when every server is restarted, one after the other', async () => {
    const workload = await start(randomOfTest());
    for (const member of ensemble.members) {
      await member.restart();
      await leaderOf(ensemble.members);
      await workload.progress(50);
    }
    await workload.verify();
  });
});
