import { setTimeout as sleep } from 'node:timers/promises';
import { type Conn, connect, countPendingWatches, type Watch } from 'libzookeeper';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ChildResult, runChild } from '../support/child.js';
import { expectFootprint, footprint } from '../support/footprint.js';
import { patiently } from '../support/patience.js';
import type { Random } from '../support/random.js';
import { randomOfTest } from '../support/random-of-test.js';
import { startServer } from '../support/server.js';
import { TcpProxy } from '../support/tcp-proxy.js';
import { waitFor } from '../support/wait-for.js';
import { isFull } from './scale.js';
import { Calls } from './workload/calls.js';

const script = new URL('./children/ends.mjs', import.meta.url);

/** About as long as it takes a child to be in the middle of its work, in ms. */
const LONGEST = patiently(250);

let address: string;
let observer: Conn;
beforeAll(async () => {
  address = (await startServer()).address;
  observer = await connect(address);
  return () => observer.close();
});

/** What the child says was answered last, by path. */
function answered(stdout: string): Map<string, number> {
  const lines = stdout.split('\n').slice(0, -1);
  return new Map(
    lines
      .map((line) => line.split(' ') as [string, string])
      .map(([path, number]) => [path, Number(number)]),
  );
}

/** It ended as it should, and what it was told was done is there. */
async function expectTruth({ code, signal, stdout, stderr }: ChildResult): Promise<number> {
  expect({ code, signal, stderr }).toEqual({ code: 7, signal: null, stderr: '' });
  let total = 0;
  for (const [path, number] of answered(stdout)) {
    const { data } = await observer.get(path, { encoding: 'utf8' });
    expect(Number(data), path).toBeGreaterThanOrEqual(number);
    total += number;
  }
  return total;
}

describe('a process that ends at any moment, with four connections at work, does not crash or hang, and what was answered is there', () => {
  it.each(['exit', 'closeAndExit', 'close', 'error'])(
    '%s',
    async (how) => {
      const random = randomOfTest();
      let total = 0;
      for (let round = 0; round < (isFull ? 25 : 4); round += 1) {
        const seed = random.integer(1, 2 ** 30);
        total += await expectTruth(
          await runChild(script, [address, how, String(seed), String(LONGEST)]),
        );
        const ephemerals = await observer
          .children('/')
          .then(({ children }) =>
            children.filter((name) => name.startsWith(`${seed}-`) && name.endsWith('ephemeral')),
          );
        // Of a session that was closed nothing is left; the others go with their timeout.
        if (how === 'close') expect(ephemerals).toEqual([]);
      }
      expect(total).toBeGreaterThan(0);
      const areGone = async () =>
        !(await observer.children('/')).children.some((name) => name.endsWith('ephemeral'));
      await waitFor(areGone, { what: 'their ephemeral nodes are gone' });
    },
    240_000,
  );
});

it('twenty connections in four worker threads that are terminated at any moment take nothing along', async () => {
  const random = randomOfTest();
  const args = [address, 'workers', String(random.integer(1, 2 ** 30)), isFull ? '25' : '5'];
  const { code, signal, stdout, stderr } = await runChild(script, args, { timeout: 200_000 });
  expect({ code, signal, stderr }).toEqual({ code: 0, signal: null, stderr: '' });
  expect(Number(stdout)).toBeGreaterThan(0);
}, 240_000);

/** What may happen to the network shortly before a close. */
const troubles: readonly ((proxy: TcpProxy) => void)[] = [
  () => {},
  () => {},
  (proxy) => proxy.cut(),
  (proxy) => proxy.halfClose('incoming'),
  (proxy) => proxy.holdIncoming(),
  (proxy) => proxy.blackHole('outgoing'),
  (proxy) => {
    proxy.refuse();
    proxy.cut();
  },
];

/** Opens a connection, floods it, and closes it at some moment, with or without a network. */
async function closeSomewhen(random: Random, calls: Calls): Promise<void> {
  const proxy = await TcpProxy.start(address);
  const conn = await connect(proxy.address, { sessionTimeout: 1000 });
  const watches: Promise<unknown>[] = [];
  const watched = (watch: Watch) => watches.push(watch.receive());
  const path = await conn.create('/closed-', '', { flags: 2 });
  const settled: Promise<unknown>[] = [];
  const make = () => {
    const operations = [
      () => conn.set(path, Buffer.alloc(random.integer(0, 20_000))),
      () => conn.get(path),
      () => conn.getW(path).then(({ watch }) => watched(watch)),
      () => conn.existsW(`${path}/missing`).then(({ watch }) => watched(watch)),
      () => conn.create(`${path}/child-`, '', { flags: 2 }),
      () => conn.addAuth('digest', 'user:password'),
    ];
    settled.push(calls.make<unknown>(random.pick(operations)));
  };
  const end = performance.now() + random.integer(0, 60);
  do {
    for (let i = random.integer(1, 60); i > 0; i -= 1) make();
    await sleep(random.integer(0, 3));
  } while (performance.now() < end);
  random.pick(troubles)(proxy);
  if (random.next() < 0.5) await sleep(random.integer(0, 20));
  make();
  const closed = conn.close();
  make();
  await closed;
  make();
  await Promise.all(settled);
  // A watch that did not fire has ended.
  await Promise.all(watches);
  await proxy.close();
}

it('a connection that is closed at any moment settles each of its calls once, ends its watches, and leaves nothing', async () => {
  const random = randomOfTest();
  const calls = new Calls();
  await closeSomewhen(random.fork(), calls);
  const before = footprint();
  const pending = countPendingWatches();
  for (let round = 0; round < (isFull ? 60 : 8); round += 1) {
    await Promise.all([1, 2, 3, 4].map(() => closeSomewhen(random.fork(), calls)));
  }
  expect(calls.pending).toBe(0);
  expect(calls.started).toBe(calls.resolved + calls.rejected);
  const codes = [...calls.codes.keys()];
  expect(
    codes.filter(
      (code) => !['ZCLOSING', 'ZCONNECTIONLOSS', 'ZSESSIONEXPIRED', 'ZNOAUTH'].includes(code),
    ),
  ).toEqual([]);
  expect(countPendingWatches()).toBe(pending);
  await expectFootprint(before);
}, 240_000);
