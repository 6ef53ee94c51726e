// A process that has no descriptors or no threads left:
//   exhaustion.mjs ADDRESS HOW
// Prints what the test looks at, as JSON, or fails.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, dial } from 'libzookeeper';
import { heldAtRest } from '../../lifecycle/children/held.mjs';

const [address, how] = process.argv.slice(2);
const sessionTimeout = 4000;
const taken = [];

/** Takes every descriptor that there is, and gives `left` of them back. */
function exhaust(left) {
  try {
    for (;;) taken.push(openSync('/dev/null'));
  } catch (error) {
    assert.equal(error.code, 'EMFILE');
  }
  release(left);
}

function release(count = taken.length) {
  for (const descriptor of taken.splice(0, count)) closeSync(descriptor);
}

/** What a program learns of a failure. */
const told = ({ code, cause }) => ({ code, cause: cause?.code });

/** How an attempt to open a connection ends. */
async function outcome(open) {
  try {
    const conn = await open();
    await conn.close();
    return { code: 'ZOK' };
  } catch (error) {
    return told(error);
  }
}

/** Connects once more, with nothing in the way: what had happened left nothing behind. */
async function use() {
  const conn = await connect(address, { sessionTimeout });
  await conn.get('/');
  await conn.close();
}

async function rendezvous(message) {
  console.log(message);
  await once(process.stdin.resume(), 'data');
  process.stdin.pause();
}

/** Opens connections with 0 to `most` of something left, and sees to it that none leaves anything behind. */
async function openEach(most, limit, unlimit) {
  await use();
  const before = await heldAtRest();
  const outcomes = [];
  for (let left = 0; left <= most; left += 1) {
    for (const open of [connect, async (...args) => dial(...args)]) {
      limit(left);
      const ended = await outcome(() => open(address, { sessionTimeout }));
      unlimit();
      outcomes.push({ left, ...ended });
      await use();
    }
  }
  assert.deepEqual(await heldAtRest(), before);
  return outcomes;
}

const ways = {
  /** Opens connections with 0, 1, 2 ... descriptors left. */
  async openWithFewDescriptors() {
    const outcomes = await openEach(5, exhaust, () => release());
    console.log(JSON.stringify(outcomes));
  },

  /** Opens connections with 0, 1, 2 ... threads left. */
  async openWithFewThreads() {
    const limit = (left) => {
      process.env.NO_THREAD_BUT = String(left);
    };
    const outcomes = await openEach(3, limit, () => {
      delete process.env.NO_THREAD_BUT;
    });
    console.log(JSON.stringify(outcomes));
  },

  /** Loses its connection when there is no descriptor for another, which the test sees to. */
  async lose() {
    const conn = await connect(address, { sessionTimeout });
    const connected = () => once(conn, 'session').then(([{ ok }]) => ok || connected());
    await conn.set('/', 'before');
    exhaust(0);
    // A connection that there is does not need any.
    await conn.set('/', 'exhausted');
    await rendezvous('exhausted');
    // Its own descriptor is free between the attempts, which are refused.
    for (const before = taken.length; taken.length === before; await sleep(2)) exhaust(0);
    await rendezvous('lost');
    const failure = await conn.get('/').then(assert.fail, told);
    const { user, system } = process.cpuUsage();
    await sleep(1000);
    const used = process.cpuUsage({ user, system });
    const later = await conn.get('/').then(assert.fail, told);
    const session = conn.clientId.id;
    const back = connected();
    const since = performance.now();
    release();
    await back;
    const took = Math.round(performance.now() - since);
    const { data } = await conn.get('/', { encoding: 'utf8' });
    assert.equal(conn.clientId.id, session);
    await conn.close();
    const cpuMs = (used.user + used.system) / 1000;
    console.log(JSON.stringify({ failure, later, cpuMs, took, data }));
  },
};

await ways[how]();
