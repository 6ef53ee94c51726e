import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { newDirectory } from '../support/workspace.js';

export const root = fileURLToPath(new URL('../..', import.meta.url));

const fixtures = fileURLToPath(new URL('./fixtures', import.meta.url));

/** What npm would ship. */
export interface Packed {
  readonly name: string;
  readonly version: string;
  /** Of the tarball, in bytes. */
  readonly size: number;
  /** Relative to the package's root, with slashes. */
  readonly files: readonly string[];
}

export async function pack(): Promise<Packed> {
  const { stdout } = await promisify(execFile)('npm', ['pack', '--dry-run', '--json'], {
    cwd: root,
    // No script of ours or of anybody's is needed for a look.
    env: { ...process.env, npm_config_ignore_scripts: 'true', npm_config_offline: 'true' },
  });
  const [{ name, version, size, files }] = JSON.parse(stdout);
  return { name, version, size, files: files.map(({ path }: { path: string }) => path) };
}

/**
 * A project that has the package installed as npm would, with the addon that was built here, and nothing else of the
 * repository: what a module needs that is not shipped is missing.
 *
 * @returns its directory, with the fixtures in it
 */
export function consumer({ files }: Packed): string {
  const project = newDirectory();
  cpSync(fixtures, project, { recursive: true });
  const modules = join(project, 'node_modules');
  const copy = (file: string) => {
    const target = join(modules, 'libzookeeper', file);
    mkdirSync(dirname(target), { recursive: true });
    cpSync(join(root, file), target);
  };
  for (const file of files) copy(file);
  copy('build/Release/libzookeeper.node');
  mkdirSync(join(modules, '@types'));
  for (const name of ['node-gyp-build', '@types/node', 'undici-types']) {
    symlinkSync(join(root, 'node_modules', name), join(modules, name));
  }
  return project;
}
