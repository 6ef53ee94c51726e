import { beforeAll, describe, expect, it } from 'vitest';
import { runChild } from '../support/child.js';
import { startServer } from '../support/server.js';

const script = new URL('./children/footprint.mjs', import.meta.url);
const MiB = 1024 * 1024;

let address: string;
beforeAll(async () => {
  address = (await startServer()).address;
});

interface Held {
  descriptors: number;
  threads: number;
  pendingWatches: number;
}

interface Memory {
  rss: number;
  heap: number;
}

interface Result {
  before: Held;
  after: Held;
  /** After the warm-up, after half of what was measured, and after all of it. */
  readings: [Memory, Memory, Memory];
}

async function measure(what: string): Promise<Result> {
  const { code, signal, stdout, stderr } = await runChild(script, [address, what], {
    timeout: 60_000,
    execArgv: ['--expose-gc'],
    // With an arena for each thread, resident memory says little.
    env: { MALLOC_ARENA_MAX: '1' },
  });
  expect({ code, signal, stderr }).toEqual({ code: 0, signal: null, stderr: '' });
  return JSON.parse(stdout) as Result;
}

describe('no descriptor, thread or pending watch is left, and memory is as it was, after', () => {
  it.each([
    // What half of them may add: a connection that is kept has some 10 KiB, half of it JavaScript's, so that a hundred
    // would add 0.5 MiB to the heap; what the collector and the compiler do moves it by some 0.15 MiB.
    [
      '200 connections that were used and closed',
      'connections',
      { heap: 0.35 * MiB, rss: 3 * MiB },
    ],
    ['100 attempts that came to nothing', 'attempts', { heap: 0.2 * MiB, rss: 3 * MiB }],
    ['400 connects that failed in several ways', 'failures', { heap: 0.5 * MiB, rss: 8 * MiB }],
    // What a third of them may add: 30 bytes each of JavaScript's, 120 in all.
    ['100 000 operations', 'operations', { heap: MiB, rss: 4 * MiB }],
  ])(
    '%s',
    async (_name, what, bound) => {
      const { before, after, readings } = await measure(what);
      expect(after).toEqual(before);
      const [, half, whole] = readings;
      expect(whole.heap - half.heap).toBeLessThan(bound.heap);
      expect(whole.rss - half.rss).toBeLessThan(bound.rss);
    },
    60_000,
  );
});
