import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { newDirectory } from '../support/workspace.js';

/** In JavaScript, as all that the build is made of. */
const { compileTarget, replay } = (await import(
  new URL('../../scripts/fuzz/compile.mjs', import.meta.url).href
)) as {
  compileTarget(name: string, way: object): Promise<string>;
  replay: object;
};
const { keptInputs, unpackCorpus } = (await import(
  new URL('../../scripts/fuzz/corpus.mjs', import.meta.url).href
)) as {
  keptInputs(name: string): Buffer[];
  unpackCorpus(name: string, folder: string): void;
};

// What fuzzing found stays found. The whole client takes a minute to compile: `npm run fuzz client`.
it('what the fuzzer found in replies is refused, or read without harm', async () => {
  const program = await compileTarget('replies', { ...replay, directory: newDirectory() });
  const folder = newDirectory();
  unpackCorpus('replies', folder);
  const inputs = readdirSync(folder).map((name) => join(folder, name));
  const { stdout, stderr } = await promisify(execFile)(program, inputs);
  expect({ stdout, stderr }).toEqual({
    stdout: `${keptInputs('replies').length} inputs\n`,
    stderr: '',
  });
}, 120_000);
