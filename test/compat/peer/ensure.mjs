/**
 * npm's `zookeeper`, the original that the parity suite compares with. It lies in build/, and is made
 * when it is first needed: compiling its C client takes half a minute, which nobody who installs the
 * project's own dependencies should wait for, or fail at.
 */
import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { locked } from '../../../scripts/support/lock.mjs';
import { at } from '../../../scripts/support/paths.mjs';
import { run } from '../../../scripts/support/run.mjs';
import { stampOf, unlessStamped } from '../../../scripts/support/stamp.mjs';
import { step } from '../../../scripts/support/step.mjs';

const home = at('build/compat-peer');
const original = join(home, 'node_modules/zookeeper');
const recipe = ['package.json', 'package-lock.json'].map((name) => at('test/compat/peer', name));

/** Where the original is, once {@link ensurePeer} has resolved. */
export const peerDirectory = original;

/** `npm ci` from the lockfile beside this file. No package's own script is run by npm. */
async function install() {
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  for (const file of recipe) copyFileSync(file, join(home, basename(file)));
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.env.npm_execpath;
  const isNpm = npm !== undefined && basename(npm) === 'npm-cli.js';
  const [command, first] = isNpm ? [process.execPath, [npm]] : ['npm', []];
  await run(command, [...first, 'ci', ...flags], { cwd: home, quiet: true });
}

/** What its install script does, with our node-gyp, and without a download of headers. */
async function compile() {
  await run(process.execPath, ['scripts/prepublish.js'], { cwd: original, quiet: true });
  const prefix = dirname(dirname(process.execPath));
  const hasHeaders = existsSync(join(prefix, 'include/node/node_api.h'));
  await run(
    process.execPath,
    [
      at('node_modules/node-gyp/bin/node-gyp.js'),
      ...['rebuild', '--release', '--silent'],
      ...(hasHeaders ? ['--nodedir', prefix] : []),
    ],
    { cwd: original, quiet: true },
  );
}

/**
 * Sees to it that the original is there. Quick, and silent, when it is.
 *
 * @returns the directory of its package
 */
export async function ensurePeer() {
  await locked(at('build/compat-peer.lock'), () =>
    unlessStamped({
      stampFile: at('build/compat-peer.stamp'),
      stamp: stampOf(recipe, { abi: process.versions.modules, arch: process.arch }),
      outputs: [join(original, 'build/Release/zookeeper.node')],
      build: () =>
        step("npm's zookeeper, for the parity suite", async () => {
          await install();
          await compile();
        }),
    }),
  );
  return original;
}
