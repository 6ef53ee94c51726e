import { defineConfig } from 'vitest/config';

/** `npm run test:compat`: the same scripts against npm `zookeeper` and against `libzookeeper/compat`. */
export default defineConfig({
  test: {
    include: ['test/compat/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
