import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../bench/build/run.js';
import { type ChildOptions, runChild, startChild } from '../support/child.js';
import { openProxy } from '../support/connections.js';
import { startServer } from '../support/server.js';
import { newDirectory } from '../support/workspace.js';

/** Besides those that Node.js has. */
const DESCRIPTORS = 80;

const at = (name: string) => new URL(`./children/${name}`, import.meta.url);
const script = at('exhaustion.mjs');

let address: string;
beforeAll(async () => {
  address = (await startServer()).address;
});

/** How an attempt to open a connection ended. */
interface Outcome {
  left: number;
  code: string;
  cause?: string;
}

async function open(servers: string, way: string, options: ChildOptions): Promise<Outcome[]> {
  const { code, signal, stdout, stderr } = await runChild(script, [servers, way], options);
  expect({ code, signal, stderr }).toEqual({ code: 0, signal: null, stderr: '' });
  return JSON.parse(stdout) as Outcome[];
}

describe('where the process has no descriptor left', () => {
  it.each([
    ['an address', () => address],
    ['a name', () => address.replace('127.0.0.1', 'localhost')],
  ])(
    'a connection to %s fails at once, says why, leaves nothing behind, and another can be opened later',
    async (_what, servers) => {
      const outcomes = await open(servers(), 'openWithFewDescriptors', {
        descriptors: DESCRIPTORS,
      });
      // What the C client takes: a pipe and a socket.
      for (const { left, code, cause } of outcomes) {
        if (left < 3)
          expect({ left, code, cause }).toEqual({ left, code: 'ZSYSTEMERROR', cause: 'EMFILE' });
      }
      expect(outcomes.slice(-2)).toEqual([
        { left: 5, code: 'ZOK' },
        { left: 5, code: 'ZOK' },
      ]);
    },
  );

  it('one that is open goes on; once it is lost it says why, does not spin, and comes back with its session', async () => {
    const proxy = await openProxy(address);
    const child = startChild(script, [proxy.address, 'lose'], { descriptors: DESCRIPTORS });
    await child.output(/exhausted/);
    proxy.refuse();
    proxy.cut();
    child.write('go');
    await child.output(/lost/);
    await proxy.accept();
    child.write('go');
    const { code, signal, stdout, stderr } = await child.done;
    expect({ code, signal, stderr }).toEqual({ code: 0, signal: null, stderr: '' });
    const result = JSON.parse(stdout.split('\n')[2] as string) as Record<string, unknown>;
    expect(result).toMatchObject({
      later: { code: 'ZCONNECTIONLOSS', cause: 'EMFILE' },
      data: 'exhausted',
    });
    // In a second: a thousand attempts would take all of it.
    expect(result['cpuMs']).toBeLessThan(300);
    expect(result['took']).toBeLessThan(1000);
  });
});

describe.runIf(process.platform === 'linux')('where the process may start no more threads', () => {
  // Trap 32: without its completion thread the C client waited for ever, and its threads stayed.
  it('a connection fails at once, says why, leaves nothing behind, and another can be opened later', async () => {
    const library = `${newDirectory()}.so`;
    const source = fileURLToPath(at('no-threads.c'));
    await run(process.env['CC'] ?? 'cc', ['-shared', '-fPIC', '-o', library, source, '-ldl']);
    const outcomes = await open(address, 'openWithFewThreads', { env: { LD_PRELOAD: library } });
    // What a connection takes: the handle's own thread, and two of the C client.
    expect(outcomes).toEqual(
      [0, 0, 1, 1, 2, 2, 3, 3].map((left) =>
        left < 3 ? { left, code: 'ZSYSTEMERROR', cause: 'EAGAIN' } : { left, code: 'ZOK' },
      ),
    );
  });
});
