/**
 * Stamps: what was built from what. A stamp is the hash of everything that a step reads; the step
 * is skipped while its stamp is the same and its outputs are there. Contents decide, not times:
 * touching a file builds nothing anew.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { root } from './paths.mjs';

/** The hash, in hexadecimal, of some bytes or of a string. */
export const sha256 = (data) => createHash('sha256').update(data).digest('hex');

/**
 * The stamp of some files, given by their absolute paths, and of `facts`, any JSON: versions,
 * flags.
 */
export function stampOf(files, facts = {}) {
  const named = (file) => relative(root, file).replaceAll('\\', '/');
  const hashes = files.map((file) => [named(file), sha256(readFileSync(file))]);
  return sha256(JSON.stringify([facts, hashes]));
}

const written = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined);

/**
 * Does `build` unless the stamp in `stampFile` equals `stamp` and all `outputs` exist. The old
 * stamp goes before the work starts and the new one comes after it ended, so that a step which was
 * cut short is done again.
 *
 * @returns whether there was anything to do
 */
export async function unlessStamped({ stampFile, stamp, outputs, build }) {
  if (written(stampFile) === stamp && outputs.every((output) => existsSync(output))) return false;
  rmSync(stampFile, { force: true });
  await build();
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, stamp);
  return true;
}
