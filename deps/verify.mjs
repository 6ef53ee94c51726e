/**
 * Whether what was brought in is what is pinned. The hash of each file decides, wherever it came
 * from.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../scripts/support/stamp.mjs';
import { Failure } from '../scripts/support/step.mjs';
import { manifest, source } from './layout.mjs';
import { readTarGz } from './tar.mjs';

/**
 * One line for each pinned file that is missing or differs; `read` gives a file's bytes, or
 * undefined.
 */
function differences(read) {
  return Object.entries(manifest.files).flatMap(([path, expected]) => {
    const data = read(path);
    if (data === undefined) return [`  ${path}: missing`];
    const actual = sha256(data);
    return actual === expected ? [] : [`  ${path}: sha256 is ${actual}, expected ${expected}`];
  });
}

/** Whether the unpacked files are there and unchanged. */
export function isUnpacked() {
  const read = (path) =>
    existsSync(join(source, path)) ? readFileSync(join(source, path)) : undefined;
  return differences(read).length === 0;
}

/**
 * The pinned files of an archive, path to contents.
 *
 * @throws Failure that names `origin` and each difference, when anything of it is not what is
 * pinned
 */
export function pinnedFiles(data, origin) {
  const of = `${origin} (${data.length} bytes, sha256 ${sha256(data)})`;
  let files;
  try {
    files = readTarGz(data);
  } catch (error) {
    throw new Failure(`${of} is damaged: ${error.message}`);
  }
  const wrong = differences((path) => files.get(path));
  if (wrong.length > 0) {
    throw new Failure(
      `${of} is not ZooKeeper ${manifest.version} as pinned in deps/manifest.json:\n${wrong.join('\n')}`,
    );
  }
  return new Map(Object.keys(manifest.files).map((path) => [path, files.get(path)]));
}
