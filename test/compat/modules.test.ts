import { createRequire } from 'node:module';
import imported, * as namespace from 'libzookeeper/compat';
import { expect, it } from 'vitest';
import { runChild } from '../support/child.js';

/* The ways to the class. */

const require = createRequire(import.meta.url);

it('import gives the class', () => {
  expect(imported.name).toBe('ZooKeeperPromise');
  expect(Object.keys(namespace).sort()).toEqual(['default', 'module.exports']);
});

it('require() gives the class itself', () => {
  const required = require('libzookeeper/compat') as typeof imported;
  expect(required.name).toBe('ZooKeeperPromise');
  expect(required.Promise).toBe(required);
});

it('import and require() give the same one, in a plain process', async () => {
  const script = new URL('./support/both-ways.mjs', import.meta.url);
  const { stdout, stderr } = await runChild(script);
  expect(stderr.replace(/^\(node.*ExperimentalWarning.*\n.*\n/gm, '')).toBe('');
  expect(stdout).toBe('the same, promises and all\n');
});
