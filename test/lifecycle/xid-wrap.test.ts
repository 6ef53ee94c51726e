import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { run } from '../../bench/build/run.js';
import { runChild } from '../support/child.js';
import { startServer } from '../support/server.js';
import { newDirectory } from '../support/workspace.js';

const at = (name: string) => new URL(`./children/${name}`, import.meta.url);

const REQUESTS = 400;

// Trap 21: the C client counts on through the negative numbers, to those that stand for events, pings and credentials.
it.each([
  ['the largest number', 2 ** 31 - 1 - REQUESTS / 2],
  ['the numbers that are reserved', 2 ** 32 - REQUESTS / 2],
])('the counter of requests may pass %s, and no reply is lost or mistaken', async (_what, time) => {
  const server = await startServer();
  const library = `${newDirectory()}.so`;
  const source = fileURLToPath(at('fixed-time.c'));
  await run(process.env['CC'] ?? 'cc', ['-shared', '-fPIC', '-o', library, source]);
  const { code, stdout, stderr } = await runChild(
    at('xid-wrap.mjs'),
    [server.address, String(REQUESTS)],
    { env: { LD_PRELOAD: library, FIXED_TIME: String(time) } },
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  // The last state is that of its close.
  expect(JSON.parse(stdout)).toMatchObject({ answered: REQUESTS, event: '/wrap', states: [] });
});
