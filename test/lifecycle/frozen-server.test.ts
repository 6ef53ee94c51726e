import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startChild } from '../support/child.js';
import { patiently } from '../support/patience.js';
import { startServer, type TestServer } from '../support/server.js';

const script = new URL('./children/process-end.mjs', import.meta.url);
const workers = new URL('./children/worker-end.mjs', import.meta.url);

/**
 * LeakSanitizer would look through a process that ends, for a second or for twenty, which are not ours. It does so where
 * processes end in the same ways and the server answers: process-end.test.ts.
 */
const ASAN_OPTIONS = `${process.env['ASAN_OPTIONS'] ?? ''}:detect_leaks=0`;

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterEach(() => server.resume());

describe('with a server that does not answer, process.exit() ends the process all the same', () => {
  it.each([
    ['with operations in flight', 'frozenInFlight', /connected/],
    ['with operations in flight on 5 connections', 'frozenManyInFlight', /connected/],
    ['while connecting', 'frozenConnecting', /ready/],
    ['while closing', 'frozenClosing', /connected/],
  ])('%s', async (_name, scenario, ready) => {
    const child = startChild(script, [server.address, scenario], { env: { ASAN_OPTIONS } });
    await child.output(ready);
    await server.pause();
    const since = performance.now();
    child.write('go\n');
    const { code, signal, stderr } = await child.done;
    expect({ code, signal, stderr }).toEqual({ code: 7, signal: null, stderr: '' });
    expect(performance.now() - since).toBeLessThan(patiently(3000));
  });
});

it('with a server that does not answer, a process that closes its connection ends by itself', async () => {
  const child = startChild(script, [server.address, 'frozenClosed']);
  await child.output(/connected/);
  await server.pause();
  child.write('go\n');
  const { code, stdout, stderr } = await child.done;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(
    /^connected\nZCONNECTIONLOSS\nclosed\n$|^connected\nclosed\nZCONNECTIONLOSS\n$/,
  );
});

describe('with a server that does not answer, a worker thread is terminated all the same', () => {
  it.each([
    ['with operations in flight', 'frozen'],
    ['while connecting', 'frozenConnecting'],
    ['while closing', 'frozenClosing'],
  ])('%s', async (_name, scenario) => {
    const child = startChild(workers, [server.address, 'terminateFrozen', scenario, '5']);
    await child.output(/connected/);
    await server.pause();
    child.write('go\n');
    const { code, signal, stdout, stderr } = await child.done;
    expect({ code, signal, stderr }).toEqual({ code: 0, signal: null, stderr: '' });
    expect(Number(/connected\n(\d+)\ndone/.exec(stdout)?.[1])).toBeLessThan(patiently(3000));
  });
});
