/** Sees to it that node_modules is what the lockfile says. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { at, root } from '../support/paths.mjs';
import { run } from '../support/run.mjs';
import { step } from '../support/step.mjs';

const read = (file) => JSON.parse(readFileSync(file, 'utf8'));

/**
 * Whether each package of the lockfile is there in its version; optional ones, for other platforms,
 * may be absent.
 */
function matchesLockfile() {
  const { packages } = read(at('package-lock.json'));
  return Object.entries(packages).every(([path, { version, optional }]) => {
    if (path === '') return true;
    const file = join(root, path, 'package.json');
    return existsSync(file) ? read(file).version === version : optional === true;
  });
}

/**
 * `npm ci`, whatever the user's npm is set up to leave out. No package that we use needs its
 * install script, so that none is run.
 */
async function install() {
  const flags = [
    '--include=dev',
    '--include=optional',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
  ];
  const npm = process.env.npm_execpath;
  const args = ['ci', ...flags, '--loglevel=error'];
  // The npm that runs us, if one does; npm_execpath may also be that of another package manager.
  if (npm !== undefined && basename(npm) === 'npm-cli.js')
    await run(process.execPath, [npm, ...args]);
  else await run('npm', args);
}

export async function ensureNodeModules() {
  if (matchesLockfile()) return;
  await step('node modules', install);
}
