import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runChild } from '../support/child.js';
import { newDirectory } from '../support/workspace.js';

/** Its first round has one fault: a worker that is terminated. */
const SEED = 9;

it('a soak of one round finds nothing amiss, draws what there was, and does not call it flat', async () => {
  const out = newDirectory();
  const { code, stdout, stderr } = await runChild(
    new URL('../soak/soak.ts', import.meta.url),
    ['--minutes', '0.001', '--seed', String(SEED), '--out', out],
    { execArgv: ['--expose-gc'], timeout: 60_000 },
  );

  expect(stderr).toBe('');
  expect(stdout.trimEnd().split('\n').at(-1)).toBe('not judged: 1 rounds are too few');
  expect(code).toBe(2);
  const { calls, samples } = JSON.parse(readFileSync(join(out, 'soak.json'), 'utf8'));
  expect(calls).toBeGreaterThan(100);
  expect(samples).toEqual([expect.objectContaining({ watches: 0 })]);
  expect(readFileSync(join(out, 'soak.svg'), 'utf8')).toContain('resident memory, MiB');
}, 60_000);
