/**
 * `npm run pack`: the tarball of what has been built, into build/pack/, checked file by file. With
 * `--release`, not without all of its binaries.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureJute } from '../deps/jute.mjs';
import { ensureSources } from '../deps/sources.mjs';
import { buildLib } from './build/lib.mjs';
import { checkAbi } from './check-abi.mjs';
import { contentFaults } from './release/contents.mjs';
import { isBuilt, targets } from './release/targets.mjs';
import { npmProgram } from './support/npm.mjs';
import { at } from './support/paths.mjs';
import { output } from './support/run.mjs';
import { Failure, main, step } from './support/step.mjs';

const directory = at('build/pack');

/** What a tarball may have, with all of its binaries. */
const MOST_BYTES = 2_000_000;

function npmPack() {
  const args = ['pack', '--json', '--ignore-scripts', '--silent', '--pack-destination', directory];
  const said = output(process.execPath, [npmProgram(), ...args]);
  if (said === undefined) throw new Failure('npm pack failed');
  // npm may warn ahead of it, on the other stream.
  const [packed] = JSON.parse(said.slice(said.indexOf('[\n'), said.lastIndexOf(']') + 1));
  return packed;
}

/** @returns the tarball's path */
export async function pack({ release = false } = {}) {
  await ensureSources();
  await ensureJute();
  await buildLib();
  return step('tarball', () => {
    const linux = targets.filter((target) => target.platform === 'linux' && isBuilt(target));
    checkAbi(linux.map(({ file }) => at(file)));
    rmSync(directory, { recursive: true, force: true });
    mkdirSync(directory, { recursive: true });
    const { filename, size, unpackedSize, files } = npmPack();
    const faults = contentFaults(
      files.map(({ path }) => path),
      { release },
    );
    if (size > MOST_BYTES) faults.push(`${size} bytes are more than ${MOST_BYTES}`);
    if (faults.length > 0) throw new Failure(faults.join('\n'));
    const tarball = join(directory, filename);
    console.log(`${tarball}: ${size} bytes, ${files.length} files, ${unpackedSize} bytes unpacked`);
    return tarball;
  });
}

if (import.meta.filename === process.argv[1])
  await main(() => pack({ release: process.argv.includes('--release') }));
