/**
 * `npm run release:assets`: all that a release is made of, into build/release/: the tarball, not
 * without all of its binaries; their debugging symbols; the bill of materials; and the sums of these.
 */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pack } from '../pack.mjs';
import { filesBelow } from '../support/files.mjs';
import { at } from '../support/paths.mjs';
import { sha256 } from '../support/stamp.mjs';
import { Failure, main } from '../support/step.mjs';
import { billOfMaterials } from './bill.mjs';
import { targets } from './targets.mjs';

const directory = at('build/release');

/** Of each Linux binary; the others' are in formats of their own, and stay in them. */
function debugSymbols() {
  const names = targets
    .filter(({ platform }) => platform === 'linux')
    .map(({ name }) => `libzookeeper-${name}.debug`);
  const files = filesBelow(at('build/debug-symbols'), ['.debug']);
  const missing = names.filter((name) => !files.some((file) => basename(file) === name));
  if (missing.length > 0) throw new Failure(`no ${missing.join(', ')} in build/debug-symbols`);
  return files;
}

/** As sha256sum writes them, and checks them. */
const sums = () =>
  readdirSync(directory)
    .sort()
    .map((name) => `${sha256(readFileSync(join(directory, name)))}  ${name}\n`)
    .join('');

await main(async () => {
  const tarball = await pack({ release: true });
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  for (const file of [tarball, ...debugSymbols()])
    copyFileSync(file, join(directory, basename(file)));
  writeFileSync(join(directory, 'sbom.cdx.json'), billOfMaterials());
  writeFileSync(join(directory, 'SHA256SUMS'), sums());
  console.log(readFileSync(join(directory, 'SHA256SUMS'), 'utf8'));
});
