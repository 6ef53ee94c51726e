/** Inputs that are kept: test/fuzz/corpus/NAME.txt, one a line, in hexadecimal; what it is stands above it, behind a #. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { at } from '../support/paths.mjs';

/** The inputs of a target. */
export function keptInputs(name) {
  const file = at('test/fuzz/corpus', `${name}.txt`);
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => /^[0-9a-f]+$/.test(line))
    .map((line) => Buffer.from(line, 'hex'));
}

/** Writes them into a folder, each into a file of its own, as libFuzzer wants them. */
export function unpackCorpus(name, folder) {
  mkdirSync(folder, { recursive: true });
  for (const input of keptInputs(name)) {
    writeFileSync(join(folder, createHash('sha1').update(input).digest('hex')), input);
  }
}
