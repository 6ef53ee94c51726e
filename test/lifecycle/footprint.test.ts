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
  /** After the warm-up, and after each third of what was measured. */
  readings: [Memory, Memory, Memory, Memory];
}

/**
 * What the thirds added, as a rule: what leaks does so in each of them, while the allocator and the compiler take much at once
 * when it suits them.
 */
function growth(readings: readonly Memory[], of: (memory: Memory) => number): number {
  const [, median] = readings
    .slice(1)
    .map((memory, index) => of(memory) - of(readings[index] as Memory))
    .sort((a, b) => a - b);
  return median as number;
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
    // What a third of them may add: a connection that is kept has some 10 KiB, half of it JavaScript's, so that a hundred
    // would add 0.5 MiB to the heap; what the collector and the compiler do moves it by some 0.15 MiB.
    [
      '300 connections that were used and closed',
      'connections',
      { heap: 0.35 * MiB, rss: 3 * MiB },
    ],
    ['150 attempts that came to nothing', 'attempts', { heap: 0.2 * MiB, rss: 3 * MiB }],
    ['600 connects that failed in several ways', 'failures', { heap: 0.5 * MiB, rss: 8 * MiB }],
    // 30 bytes each of JavaScript's, 120 in all.
    ['100 000 operations', 'operations', { heap: MiB, rss: 4 * MiB }],
  ])(
    '%s',
    async (_name, what, bound) => {
      const { before, after, readings } = await measure(what);
      expect(after).toEqual(before);
      expect(growth(readings, ({ heap }) => heap)).toBeLessThan(bound.heap);
      expect(growth(readings, ({ rss }) => rss)).toBeLessThan(bound.rss);
    },
    60_000,
  );
});
