import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { out } from '../paths.js';
import { CommandError, run } from './run.js';

/** The other clients for Node.js, in the versions that are measured. */
const VERSIONS: Readonly<Record<string, string>> = {
  'node-zookeeper-client': '~1.1.3',
  zookeeper: '~7.3.0',
};

/** Where the peers are: each in a directory of its own, so that one that cannot be installed does not stand in another's way. */
const directoryOf = (name: string): string => out('peers', name);

function installedVersion(name: string): string | undefined {
  const file = join(directoryOf(name), 'node_modules', name, 'package.json');
  if (!existsSync(file)) return undefined;
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

/** npm's `zookeeper` brings the C client along and compiles it; npm does not do that unless it is told to. */
async function compile(name: string): Promise<void> {
  const directory = directoryOf(name);
  const module = join(directory, 'node_modules', name);
  if (name !== 'zookeeper' || existsSync(join(module, 'build/zookeeper.node'))) return;
  // node-gyp-build, which its script runs, looks for node-gyp where npm keeps it; npm sets that up.
  await run('npm', ['run', 'install'], { cwd: module });
}

/** The last lines of what a command said: there the reason stands. */
const tailOf = (said: string): string => said.trimEnd().split('\n').slice(-12).join('\n');

/** A peer that can be run, or the reason why not. */
export type Peer =
  | { readonly directory: string; readonly version: string }
  | { readonly missing: string };

/** Installs a peer with npm, unless it is there. */
export async function installPeer(name: string): Promise<Peer> {
  const directory = directoryOf(name);
  try {
    if (installedVersion(name) === undefined) {
      mkdirSync(directory, { recursive: true });
      writeFileSync(join(directory, 'package.json'), '{ "private": true }\n');
      const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'];
      await run('npm', ['install', ...flags, `${name}@${VERSIONS[name]}`], { cwd: directory });
    }
    await compile(name);
    return { directory, version: installedVersion(name) ?? '' };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return {
      missing: `npm's ${name} cannot be installed:\n${tailOf(error.said || error.message)}`,
    };
  }
}
