/** Packages of a Debian release, unpacked where nothing else looks for them: nothing of them is installed. */
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configuredMirrors } from '../../deps/routes/apt-sources.mjs';
import { privateApt } from '../../deps/routes/debian.mjs';
import { at } from '../support/paths.mjs';
import { run } from '../support/run.mjs';
import { Failure } from '../support/step.mjs';

/** What Debian calls the machines of Node.js's names. */
const architectures = { x64: 'amd64', arm64: 'arm64' };

async function download(suite, architecture, packages, directory) {
  const [mirror] = configuredMirrors();
  if (mirror === undefined) throw new Failure('no Debian mirror is configured for apt');
  const options = [...privateApt(directory), '-o', `APT::Architecture=${architecture}`];
  const { uri, signedBy } = mirror;
  const settings = [`arch=${architecture}`, ...(signedBy ? [`signed-by=${signedBy}`] : [])];
  const line = `deb [${settings.join(' ')}] ${uri} ${suite} main\n`;
  writeFileSync(join(directory, 'sources.list'), line);
  const quiet = { cwd: directory, quiet: true };
  await run('apt-get', [...options, '-q', '-o', 'APT::Update::Error-Mode=any', 'update'], quiet);
  await run('apt-get', [...options, '-q', 'download', ...packages], quiet);
}

/**
 * Sees to it that a root is there.
 *
 * @param suite - the release
 * @param arch - as Node.js calls it
 * @returns its folder
 */
export async function privateRoot(suite, arch, packages) {
  const root = at('build/debian', [suite, arch, ...packages].join('-'));
  if (existsSync(join(root, 'done'))) return root;
  rmSync(root, { recursive: true, force: true });
  const directory = join(root, 'packages');
  mkdirSync(directory, { recursive: true });
  await download(suite, architectures[arch], packages, directory);
  for (const file of readdirSync(directory).filter((name) => name.endsWith('.deb')))
    await run('dpkg-deb', ['--extract', join(directory, file), root], { quiet: true });
  writeFileSync(join(root, 'done'), '');
  return root;
}
