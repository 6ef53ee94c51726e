/**
 * Empty folders with the package installed in them as a user would: no script is run, and nothing is
 * on the PATH that could compile.
 */
import { cpSync, lstatSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { npmProgram } from '../support/npm.mjs';
import { at } from '../support/paths.mjs';
import { output, run } from '../support/run.mjs';
import { Failure } from '../support/step.mjs';

const directory = at('build/projects');
const tools = at('build/package-managers');

/** The other package managers, from npm; yarn is the classic one, and the one of today. */
const MANAGERS = ['pnpm@10', 'yarn@1', '@yarnpkg/cli-dist@4'];

const inTools = (path) => join(tools, 'node_modules', path);

export async function ensureManagers() {
  mkdirSync(tools, { recursive: true });
  writeFileSync(join(tools, 'package.json'), '{ "private": true }\n');
  const manner = ['--ignore-scripts', '--no-save', '--no-package-lock', '--no-audit', '--no-fund'];
  await run('npm', ['install', ...manner, '--loglevel=error', ...MANAGERS], { cwd: tools });
}

/** How each installs a package without running scripts, in a folder that has a package.json. */
const installers = {
  npm: (what) => [npmProgram(), 'install', '--ignore-scripts', '--no-audit', '--no-fund', what],
  pnpm: (what) => [inTools('pnpm/bin/pnpm.cjs'), 'add', '--ignore-scripts', what],
  // Its cache goes by name and version: a tarball that was made anew would not be looked at.
  'yarn 1': (what) => [
    inTools('yarn/bin/yarn.js'),
    ...['add', '--ignore-scripts', '--cache-folder', join(directory, 'yarn-1-cache'), what],
  ],
  'yarn 4': (what) => [
    inTools('@yarnpkg/cli-dist/bin/yarn.js'),
    'add',
    `libzookeeper@file:${what}`,
  ],
};

export const managers = Object.keys(installers);

/** The bytes of a folder on disk, each file once, however many names it has. */
export function sizeOnDisk(path, seen = new Set()) {
  const { ino, blocks } = lstatSync(path);
  if (seen.has(ino)) return 0;
  seen.add(ino);
  const entries = lstatSync(path).isDirectory() ? readdirSync(path) : [];
  return entries.reduce((sum, entry) => sum + sizeOnDisk(join(path, entry), seen), blocks * 512);
}

/**
 * Installs `what`, a tarball or a name, into an empty folder.
 *
 * @returns the folder, with the tests of `test/runtimes` and a certificate in it; how long it took, in ms; what it takes on disk
 */
export async function project(manager, what, name = manager) {
  const folder = join(directory, name.replaceAll(' ', '-'));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  // yarn 4 keeps packages in archives otherwise, and looks for a project in the folders above.
  writeFileSync(
    join(folder, '.yarnrc.yml'),
    'nodeLinker: node-modules\nenableScripts: false\nenableTelemetry: false\nenableGlobalCache: false\n',
  );
  writeFileSync(join(folder, 'yarn.lock'), '');
  rmSync(join(directory, 'yarn-1-cache'), { recursive: true, force: true });
  const registry = output('npm', ['config', 'get', 'registry'])?.split('\n')[0].trim();
  const start = performance.now();
  await run(process.execPath, installers[manager](what), {
    cwd: folder,
    quiet: true,
    env: {
      ...process.env,
      PATH: dirname(process.execPath) === '/usr/bin' ? emptyPath() : dirname(process.execPath),
      YARN_NPM_REGISTRY_SERVER: registry,
      YARN_UNSAFE_HTTP_WHITELIST: '*',
      npm_config_registry: registry,
    },
  });
  const took = performance.now() - start;
  const size = sizeOnDisk(join(folder, 'node_modules'));
  cpSync(at('test/runtimes'), folder, { recursive: true });
  makeCertificate(folder);
  if (size === 0) throw new Failure(`${manager} installed nothing`);
  return { folder, took, size };
}

/** What any openssl takes, LibreSSL's too, wherever it looks for settings of its own. */
const CERTIFICATE = `[req]
distinguished_name = name
x509_extensions = server
prompt = no
[name]
CN = localhost
[server]
subjectAltName = IP:127.0.0.1
`;

/** Of a server on loopback, which vouches for itself: `cert.pem` and `key.pem`. */
function makeCertificate(folder) {
  const settings = join(folder, 'certificate.cnf');
  writeFileSync(settings, CERTIFICATE);
  const args = [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-config', settings],
    ...['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')],
  ];
  if (output('openssl', args) === undefined) throw new Failure('there is no openssl that works');
}

/** A folder without any program: a PATH with no compiler on it. */
export function emptyPath() {
  const folder = join(directory, 'no-programs');
  mkdirSync(folder, { recursive: true });
  return folder;
}
