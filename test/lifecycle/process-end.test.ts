import { setTimeout as sleep } from 'node:timers/promises';
import { ClientId, connect, redial, State } from 'libzookeeper';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Child, type ChildResult, startChild } from '../support/child.js';
import { startServer } from '../support/server.js';

const script = new URL('./children/process-end.mjs', import.meta.url);

let address: string;
beforeAll(async () => {
  address = (await startServer()).address;
});

const start = (scenario: string, execArgv: string[] = []): Child =>
  startChild(script, [address, scenario], { execArgv });

const run = (scenario: string): Promise<ChildResult> => start(scenario).done;

describe('a process ends by itself', () => {
  it.each(['closed', 'closedWithWatches', 'neverConnected', 'disposed'])(
    'when its connection is: %s',
    async (scenario) => {
      const { code, signal, stdout, stderr } = await run(scenario);
      expect({ code, signal, stdout, stderr }).toEqual({
        code: 0,
        signal: null,
        stdout: '',
        stderr: '',
      });
    },
  );

  it('when it could not connect', async () => {
    const { code, stdout, stderr } = await run('couldNotConnect');
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: 'ZOPERATIONTIMEOUT\n',
      stderr: '',
    });
  });
});

describe('a process stays', () => {
  /** Nothing announces that a process does not end; its loop has turned often by then. */
  async function expectToStay(child: Child): Promise<void> {
    expect(await Promise.race([child.done, sleep(500, 'stays')])).toBe('stays');
    child.kill();
    expect(await child.done).toMatchObject({ signal: 'SIGKILL', stderr: '' });
  }

  it('while its connection is open', async () => {
    const child = start('open');
    await child.output(/connected/);
    await expectToStay(child);
  });

  it('while its connection tries to become one', async () => {
    const child = start('dialled');
    await child.output(/dialled/);
    await expectToStay(child);
  });

  it('while a connection is open that nobody remembers: it is not collected', async () => {
    const child = start('forgotten', ['--expose-gc']);
    await child.output(/collected/);
    await expectToStay(child);
  });
});

describe('process.exit() ends the process at once, with its code and without a word', () => {
  it.each([
    ['with 1000 operations in flight', 'exitInFlight'],
    ['while their replies arrive', 'exitWhileRepliesArrive'],
    ['right after dial()', 'exitAfterDial'],
    ['as soon as there is a session', 'exitWhileConnecting'],
    ['right after close()', 'exitWhileClosing'],
    ['while close() waits', 'exitLaterWhileClosing'],
    ["from a listener of 'session'", 'exitFromListener'],
    ['from what waited for a watch', 'exitFromWatch'],
    ['with 10 connections', 'exitWithMany'],
  ])('%s', async (_name, scenario) => {
    const { code, signal, stdout, stderr } = await run(scenario);
    expect({ code, signal, stdout, stderr }).toEqual({
      code: 7,
      signal: null,
      stdout: '',
      stderr: '',
    });
  });
});

describe('an error that nobody catches', () => {
  it('ends a process with an open connection as any other', async () => {
    const { code, stderr } = await run('uncaught');
    expect(code).toBe(1);
    expect(stderr).toMatch(/Error: mine\n/);
    expect(stderr).toMatch(/process-end\.mjs/);
    expect(stderr).not.toMatch(/ZOO_|FATAL|libzookeeper\.node/);
  });

  it('of an operation is shown with its code, and where it was called', async () => {
    const { code, stderr } = await run('unhandled');
    expect(code).toBe(1);
    expect(stderr).toMatch(/ZooKeeperError: zookeeper: get "\/none": no node/);
    expect(stderr).toMatch(/code: 'ZNONODE'/);
    expect(stderr).toMatch(/at .*unhandled .*process-end\.mjs/);
  });
});

describe('process.exit() leaves the session to its timeout: it can be resumed', () => {
  it.each([
    ['with nothing in flight', 'leaveSession'],
    ['with 1000 operations in flight', 'leaveBusySession'],
  ])('%s', async (_name, scenario) => {
    const observer = await connect(address);
    const { code, stdout, stderr } = await run(scenario);
    expect({ code, stderr }).toEqual({ code: 7, stderr: '' });
    const left = ClientId.load(Buffer.from(stdout.trim(), 'hex'));
    expect((await observer.exists('/ephemeral'))?.ephemeralOwner).toBe(left.id);

    const resumed = redial(address, left, { sessionTimeout: 20_000 });
    expect((await resumed.session.receive()).state).toBe(State.CONNECTED);
    expect(resumed.clientId.id).toBe(left.id);
    expect((await resumed.get('/ephemeral', { encoding: 'utf8' })).data).toBe('data');
    await resumed.close();
    expect(await observer.exists('/ephemeral')).toBeNull();
    await observer.close();
  });
});

it('a process that is started while connected inherits no descriptor', async () => {
  const { code, stdout, stderr } = await run('descriptors');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const { ours, inherited } = JSON.parse(stdout) as { ours: string[]; inherited: string[] };
  // The socket, and the pipe with which the I/O thread is woken.
  expect(ours.filter((link) => link.startsWith('socket:'))).toHaveLength(1);
  expect(ours.filter((link) => link.startsWith('pipe:')).length).toBeGreaterThanOrEqual(1);
  expect(inherited.filter((link) => ours.includes(link))).toEqual([]);
});
