import { ClientId, connect, redial, State } from 'libzookeeper';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ChildResult, runChild } from '../support/child.js';
import { patiently } from '../support/patience.js';
import { startServer } from '../support/server.js';

const script = new URL('./children/worker-end.mjs', import.meta.url);

let address: string;
beforeAll(async () => {
  address = (await startServer()).address;
});

const run = (...args: string[]): Promise<ChildResult> =>
  runChild(script, [address, ...args], { timeout: 60_000 });

/** The process ended as it should, and had nothing to complain of. */
function expectDone({ code, signal, stdout, stderr }: ChildResult): void {
  expect({ code, signal, stdout, stderr }).toEqual({
    code: 0,
    signal: null,
    stdout: 'done\n',
    stderr: '',
  });
}

describe('a worker thread that is terminated takes nothing else down, and leaves nothing behind', () => {
  it.each([
    ['with operations in flight', 'inFlight', '20'],
    ['with an idle connection', 'idle', '4'],
    ['while it connects', 'connecting', '12'],
    ['while it closes', 'closing', '12'],
  ])(
    '%s',
    async (_name, scenario, count) => {
      expectDone(await run('terminateEach', scenario, count));
    },
    patiently(60_000),
  );
});

describe('a worker thread that ends itself does so with its own code', () => {
  it.each([
    ['once its connections are closed', 'closed', '4'],
    ['by process.exit() with operations in flight', 'exit', '6'],
    ['by an error with operations in flight', 'throws', '6'],
  ])('%s', async (_name, scenario, count) => {
    expectDone(await run('endsItself', scenario, count));
  });
});

it('four worker threads and the main thread have several connections each, all at once', async () => {
  expectDone(await run('together'));
});

it('a worker thread stays while its connection is open', async () => {
  expectDone(await run('staysOpen'));
});

it('process.exit() ends the process with worker threads in the middle of everything', async () => {
  const { code, signal, stdout, stderr } = await run('exitWithWorkers');
  expect({ code, signal, stdout, stderr }).toEqual({
    code: 7,
    signal: null,
    stdout: '',
    stderr: '',
  });
});

it('a terminated worker thread leaves its session to its timeout: it can be resumed', async () => {
  const { code, stdout, stderr } = await run('leaveSession');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const [line = ''] = stdout.split('\n');
  const { path, clientId } = JSON.parse(line) as { path: string; clientId: string };
  const left = ClientId.load(Buffer.from(clientId, 'hex'));

  const observer = await connect(address);
  expect((await observer.exists(path))?.ephemeralOwner).toBe(left.id);
  const resumed = redial(address, left);
  expect((await resumed.session.receive()).state).toBe(State.CONNECTED);
  await resumed.close();
  expect(await observer.exists(path)).toBeNull();
  await observer.close();
});
