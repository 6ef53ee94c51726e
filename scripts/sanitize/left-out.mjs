/** Tests that have no meaning under a sanitizer: which, under which, and why. */

/**
 * @typedef {object} LeftOut
 * @property {string} tests - a file
 * @property {string[]} [under] - sanitizers; all without it
 * @property {string} reason
 */

/** @type {LeftOut[]} */
export const leftOut = [
  {
    tests: 'test/lifecycle/costs.test.ts',
    reason:
      'counts calls and bytes by a library of its own, which stands in the place of a sanitizer',
  },
  {
    tests: 'test/lifecycle/footprint.test.ts',
    reason:
      'measures memory, which sanitizers use for themselves; leaks are what LeakSanitizer looks for',
  },
  {
    tests: 'test/live/bad-input-memory.test.ts',
    reason: 'measures memory',
  },
  {
    tests: 'test/faults/exhaustion.test.ts',
    under: ['thread'],
    reason:
      'has pthread_create fail by a library of its own, which stands in the place of the sanitizer, and counts descriptors',
  },
  {
    tests: 'test/faults/ends.test.ts',
    under: ['thread'],
    reason:
      'ends worker threads after milliseconds, in which none gets as far as a connection; worker-end.test.ts waits for that',
  },
];
