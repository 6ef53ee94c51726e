import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // They need the original, which takes a while to compile: `npm run test:compat`.
    exclude: ['test/compat/**'],
    // A process for each file: an addon that crashed takes its own file down, and no other.
    pool: 'forks',
    maxWorkers: 4,
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
