/**
 * The C libraries of Debian's releases, each in a private root: unpacked packages, nothing of them
 * installed. A program is run through that root's own dynamic loader.
 */
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configuredMirrors } from '../../deps/routes/apt-sources.mjs';
import { privateApt } from '../../deps/routes/debian.mjs';
import { at } from '../support/paths.mjs';
import { run } from '../support/run.mjs';
import { Failure } from '../support/step.mjs';

/** Suite, and the release's number. */
export const releases = { bullseye: 11, bookworm: 12, trixie: 13 };

const PACKAGES = ['libc6', 'libstdc++6', 'libgcc-s1'];
const TRIPLE = { x64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu' }[process.arch];
/** The dynamic loader among a release's libraries: its place elsewhere is an absolute link. */
const LOADER = /^ld-(linux-.*\.so\.\d|2\.\d+\.so)$/;

async function download(suite, directory) {
  const [mirror] = configuredMirrors();
  if (mirror === undefined) throw new Failure('no Debian mirror is configured for apt');
  const signed = mirror.signedBy === undefined ? '' : `[signed-by=${mirror.signedBy}] `;
  const options = privateApt(directory);
  writeFileSync(join(directory, 'sources.list'), `deb ${signed}${mirror.uri} ${suite} main\n`);
  const quiet = { cwd: directory, quiet: true };
  await run('apt-get', [...options, '-q', '-o', 'APT::Update::Error-Mode=any', 'update'], quiet);
  await run('apt-get', [...options, '-q', 'download', ...PACKAGES], quiet);
}

/**
 * Sees to it that a release's root is there.
 *
 * @returns what to put in front of a command so that it runs with that release's libraries
 */
export async function underDebian(suite) {
  const root = at('build/debian', suite);
  if (!existsSync(join(root, 'done'))) {
    rmSync(root, { recursive: true, force: true });
    const directory = join(root, 'packages');
    mkdirSync(directory, { recursive: true });
    await download(suite, directory);
    for (const file of readdirSync(directory).filter((name) => name.endsWith('.deb')))
      await run('dpkg-deb', ['--extract', join(directory, file), root], { quiet: true });
    writeFileSync(join(root, 'done'), '');
  }
  const libraries = ['lib', 'usr/lib']
    .map((path) => join(root, path, TRIPLE))
    .filter((path) => existsSync(path));
  const loaders = libraries.flatMap((path) =>
    readdirSync(path)
      .filter((name) => LOADER.test(name))
      .map((name) => join(path, name)),
  );
  const loader = loaders.find((file) => existsSync(file));
  if (loader === undefined) throw new Failure(`${suite} has no dynamic loader`);
  return [loader, '--library-path', libraries.join(':')];
}
