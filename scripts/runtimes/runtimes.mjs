/** The runtimes that the package is tried on, as the npm registry has them: executables, in packages. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { at } from '../support/paths.mjs';
import { output, run } from '../support/run.mjs';
import { Failure } from '../support/step.mjs';

const directory = at('build/runtimes');
const inModules = (path) => `${directory}/node_modules/${path}`;

const MANNER = [
  '--ignore-scripts',
  '--no-save',
  '--no-package-lock',
  '--no-audit',
  '--no-fund',
  '--loglevel=error',
];

const CPU = { x64: 'x64', arm64: 'arm64' }[process.arch];

/** The oldest that we support is named to the patch; of the others, the newest is meant. */
const node = (name, version) => ({
  name: `Node.js ${name}`,
  packages: [`node-${name}@npm:node-linux-${CPU}@${version}`],
  command: [inModules(`node-${name}/bin/node`)],
  node: true,
});

export const runtimes = [
  node('20.19', '20.19.0'),
  node('22', '22'),
  node('24', '24'),
  node('newest', 'latest'),
  {
    name: 'Bun',
    packages: [`@oven/bun-linux-${CPU === 'x64' ? 'x64' : 'aarch64'}`],
    command: [inModules(`@oven/bun-linux-${CPU === 'x64' ? 'x64' : 'aarch64'}/bin/bun`)],
  },
  {
    name: 'Deno',
    packages: [`@deno/linux-${CPU}-glibc`],
    command: [inModules(`@deno/linux-${CPU}-glibc/deno`), 'run', '--allow-all', '--no-prompt'],
  },
];

/** A runtime's own word for its version. */
export const versionOf = ({ command: [program] }) =>
  /\d+\.\d+\.\d+/.exec(output(program, ['--version']) ?? '')?.[0] ?? 'does not run';

/** A program for another machine, out of an npm package; in a place of its own: npm would refuse it beside the others. */
export async function programOf(name, version, path) {
  const place = `${directory}-${name}`;
  const program = `${place}/node_modules/${name}/${path}`;
  if (!existsSync(program)) {
    mkdirSync(place, { recursive: true });
    writeFileSync(`${place}/package.json`, '{ "private": true }\n');
    await run('npm', ['install', ...MANNER, '--force', `${name}@${version}`], { cwd: place });
  }
  return program;
}

/** Brings them in, where they are missing. */
export async function ensureRuntimes() {
  if (process.platform !== 'linux') throw new Failure('the runtimes of the matrix are for Linux');
  if (runtimes.every(({ command: [program] }) => existsSync(program))) return;
  mkdirSync(directory, { recursive: true });
  writeFileSync(`${directory}/package.json`, '{ "private": true }\n');
  const packages = runtimes.flatMap((runtime) => runtime.packages);
  await run('npm', ['install', ...MANNER, ...packages], { cwd: directory });
}
