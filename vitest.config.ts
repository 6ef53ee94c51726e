import { defineConfig } from 'vitest/config';
import { patiently } from './test/support/patience.js';

// Under a sanitizer (scripts/test-sanitize.mjs) the test files have a Node.js of their own.
const node = process.env['LIBZOOKEEPER_TEST_NODE'];
if (node !== undefined) process.execPath = node;

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // They need the original, which takes a while to compile: `npm run test:compat`.
    exclude: ['test/compat/**'],
    // A process for each file: an addon that crashed takes its own file down, and no other.
    pool: 'forks',
    maxWorkers: 4,
    setupFiles: process.env['LIBZOOKEEPER_TEST_LEAKS'] ? ['test/support/leaks.ts'] : [],
    testTimeout: patiently(20_000),
    hookTimeout: patiently(30_000),
  },
});
