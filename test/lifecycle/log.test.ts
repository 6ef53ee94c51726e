import { createRequire } from 'node:module';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ChildResult, runChild } from '../support/child.js';
import { startServer } from '../support/server.js';

const script = new URL('./children/log.mjs', import.meta.url);

let address: string;
beforeAll(async () => {
  address = (await startServer()).address;
});

const run = (scenario: string, ...args: string[]): Promise<ChildResult> =>
  runChild(script, [address, scenario, ...args]);

/** What a scenario printed; it ended well, and nothing of it went to stderr. */
async function printed(scenario: string, ...args: string[]): Promise<unknown> {
  const { code, signal, stdout, stderr } = await run(scenario, ...args);
  expect({ code, signal, stderr }).toEqual({ code: 0, signal: null, stderr: '' });
  return JSON.parse(stdout);
}

it('nothing is said that nobody asked for, whatever happens', async () => {
  const { code, stdout, stderr } = await run('quiet');
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '', stderr: '' });
});

describe('setLogLevel', () => {
  it("has the C client's lines go to stderr, as it writes them, where there is no logger", async () => {
    const { code, stdout, stderr } = await run('stderr');
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    // One of them ends in a line break of its own.
    const lines = stderr.split('\n').filter((line) => line !== '');
    expect(lines.length).toBeGreaterThan(3);
    for (const line of lines) {
      expect(line).toMatch(/^\d{4}-\d\d-\d\d .*:ZOO_(ERROR|WARN|INFO|DEBUG)@\w+@\d+: /);
    }
    expect(stderr).toMatch(/ZOO_DEBUG@/);
  });

  it('has them go to the logger where there is one, taken apart', async () => {
    const lines = (await printed('logger')) as { level: string; message: string }[];
    expect(lines.length).toBeGreaterThan(10);
    for (const { message } of lines) expect(message).not.toMatch(/:ZOO_[A-Z]+@\w+@\d+:/);
    const about = lines.filter(({ message }) => message.includes(address));
    expect(about.length).toBeGreaterThan(0);
    // A refused connection, and a refused scheme, are worth more than a debugger's attention.
    expect(lines.filter(({ level }) => level === 'error').length).toBeGreaterThan(0);
  });

  it('has them say when they were said, however late the program takes them in', async () => {
    const { said, early, late } = (await printed('blocked')) as Record<string, number>;
    expect(said).toBeGreaterThan(0);
    expect({ early, late }).toEqual({ early: 0, late: 0 });
  });

  it('has them on the console as they are, with their time', async () => {
    const { code, stdout, stderr } = await run('percent');
    expect({ code, stderr: stderr.replace(/^.* \{ time: .*Z \}\n/gm, '') }).toEqual({
      code: 0,
      stderr: '',
    });
    expect(stdout).toMatch(/ path \[\/%d0%bf%s\] .* \{ time: \d{4}-\d\d-\d\dT.*Z \}$/m);
  });

  it('lets through what is as grave, or graver', async () => {
    expect(await printed('levels')).toEqual({
      OFF: [],
      ERROR: ['error'],
      WARN: ['error', 'warn'],
      INFO: ['error', 'info', 'warn'],
      DEBUG: ['debug', 'error', 'info', 'warn'],
    });
  });

  it('leaves each connection its own logger', async () => {
    const { first, second } = (await printed('apart')) as { first: number; second: number };
    expect(first).toBeGreaterThan(0);
    expect(second).toBeGreaterThan(first);
  });

  it('holds for worker threads, too', async () => {
    const entry = createRequire(import.meta.url).resolve('libzookeeper');
    expect(await printed('worker', entry)).toEqual(expect.arrayContaining(['debug', 'info']));
  });
});

describe('a logger that throws', () => {
  it('is an uncaught exception each time, and costs no reply and no event', async () => {
    const { replies, event, uncaught } = (await printed('throwing')) as Record<string, number>;
    expect({ replies, event }).toEqual({ replies: 201, event: true });
    expect(uncaught).toBeGreaterThan(3);
  });

  it('ends the process as any other uncaught exception', async () => {
    const { code, stderr } = await run('throwingUncaught');
    expect(code).toBe(1);
    expect(stderr).toMatch(/Error: mine\n.*log\.mjs/);
  });
});

it("a listener of 'session' that throws is an uncaught exception, and costs no event", async () => {
  const { event, uncaught } = (await printed('throwingListener')) as Record<string, unknown>;
  expect(event).toBe('ZooKeeper connected');
  expect(uncaught).toBe(1);
});
