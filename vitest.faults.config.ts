import { defineConfig } from 'vitest/config';

/** `npm run test:faults`: the faults, for as long as they are worth. */
export default defineConfig({
  test: {
    include: ['test/faults/**/*.test.ts'],
    env: { FAULTS: 'full' },
    pool: 'forks',
    // They wait most of the time.
    maxWorkers: 4,
    testTimeout: 240_000,
    hookTimeout: 60_000,
  },
});
