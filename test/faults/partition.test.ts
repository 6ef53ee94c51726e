import { beforeAll, describe, it, onTestFinished } from 'vitest';
import type { TestMember } from '../support/ensemble.js';
import { fourLetterWord } from '../support/four-letter-word.js';
import { ProxiedEnsemble } from '../support/proxied-ensemble.js';
import { randomOfTest } from '../support/random-of-test.js';
import { waitFor } from '../support/wait-for.js';
import { leaderOf } from './leader.js';
import { LONGEST_TEST } from './scale.js';
import { Workload } from './workload/workload.js';

const SESSION_TIMEOUT = 6000;

let ensemble: ProxiedEnsemble;
beforeAll(async () => {
  ensemble = await ProxiedEnsemble.start();
});

async function start(): Promise<Workload> {
  const workload = await Workload.start(
    { servers: ensemble.address, sessionTimeout: SESSION_TIMEOUT, size: 1 },
    randomOfTest(),
  );
  onTestFinished(() => workload.close());
  await workload.progress(50);
  return workload;
}

/** Waits until a member knows whom to follow, or that nobody does. */
function serves(member: TestMember, wanted: boolean): Promise<unknown> {
  const look = async (): Promise<boolean> => {
    const said = await fourLetterWord(member.address, 'srvr').catch(() => '');
    return /^Mode: (leader|follower)$/m.test(said) === wanted;
  };
  return waitFor(look, { timeout: 60_000, what: `${member.address} serves: ${wanted}` });
}

describe('nothing is lost, nothing hangs, and every error tells the truth', {
  timeout: LONGEST_TEST,
}, () => {
  it('when the leader is cut off from the others, and comes back', async () => {
    const workload = await start();
    const cutOff = await leaderOf(ensemble.members);
    ensemble.isolate(cutOff);
    try {
      // Two leaders for a while, of which one has nobody who follows.
      await leaderOf(ensemble.members, cutOff);
      await workload.progress(50);
      await serves(cutOff, false);
    } finally {
      await ensemble.heal();
    }
    await serves(cutOff, true);
    await workload.progress(50);
    await workload.verify();
  });

  it('when a follower is cut off from the others, and comes back', async () => {
    const workload = await start();
    const leader = await leaderOf(ensemble.members);
    const cutOff = ensemble.members.find((member) => member !== leader) as TestMember;
    ensemble.isolate(cutOff);
    try {
      await serves(cutOff, false);
      await workload.progress(50);
    } finally {
      await ensemble.heal();
    }
    await serves(cutOff, true);
    await workload.progress(50);
    await workload.verify();
  });

  it('when all of them are cut off from each other, and come back', async () => {
    const workload = await start();
    for (const member of ensemble.members) ensemble.isolate(member);
    try {
      for (const member of ensemble.members) await serves(member, false);
    } finally {
      await ensemble.heal();
    }
    for (const member of ensemble.members) await serves(member, true);
    await workload.progress(50);
    await workload.verify();
  });
});
