import { describe, expect, it } from 'vitest';
import { judge } from '../soak/judgement.js';
import type { Quantity, Sample } from '../soak/samples.js';
import { Random } from '../support/random.js';

const random = new Random(1);

/** What a process has that leaks nothing, and breathes. */
function soak(change: (sample: Sample, index: number) => Partial<Sample> = () => ({})): Sample[] {
  return Array.from({ length: 100 }, (_, index) => {
    const sample = {
      seconds: 10 * index,
      residentMiB: 100 + random.integer(-6, 6) + Math.min(index, 10),
      heapMiB: 10 + random.next(),
      externalMiB: 3,
      descriptors: 25,
      threads: 11,
      watches: 0,
    };
    return { ...sample, ...change(sample, index) };
  });
}

const growing = (samples: readonly Sample[]): Quantity[] =>
  judge(samples)
    .filter(({ isFlat }) => !isFlat)
    .map(({ quantity }) => quantity);

describe('a soak is judged', () => {
  it('flat when memory breathes, and warms up', () => {
    expect(growing(soak())).toEqual([]);
  });

  it.each<[string, (sample: Sample, index: number) => Partial<Sample>, Quantity[]]>([
    [
      'memory',
      ({ residentMiB }, index) => ({ residentMiB: residentMiB + 0.25 * index }),
      ['residentMiB'],
    ],
    ['the heap', ({ heapMiB }, index) => ({ heapMiB: heapMiB + 0.05 * index }), ['heapMiB']],
    [
      'a descriptor now and then',
      (_, index) => ({ descriptors: 25 + (index >> 5) }),
      ['descriptors'],
    ],
    ['a thread now and then', (_, index) => ({ threads: 11 + (index >> 5) }), ['threads']],
    ['a watch', (_, index) => ({ watches: index > 60 ? 1 : 0 }), ['watches']],
  ])('not flat when it leaks %s', (_what, change, quantities) => {
    expect(growing(soak(change))).toEqual(quantities);
  });

  it('not at all when it was too short', () => {
    expect(() => judge(soak().slice(0, 8))).toThrow('8 are needed');
  });
});
