import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ChildResult, runChild } from '../support/child.js';
import { newDirectory } from '../support/workspace.js';
import { root } from './packed.js';

const exec = promisify(execFile);

/** What npm makes of a directory: a tarball. */
async function tarball(directory: string): Promise<string> {
  const destination = newDirectory();
  mkdirSync(destination);
  const args = [
    'pack',
    '--json',
    '--ignore-scripts',
    '--silent',
    '--pack-destination',
    destination,
  ];
  const { stdout } = await exec('npm', args, { cwd: directory });
  return join(destination, JSON.parse(stdout)[0].filename);
}

let packed: string;
beforeAll(async () => {
  packed = await tarball(root);
});

/** The package with some of its package.json replaced, packed again. */
async function changed(change: (manifest: Record<string, unknown>) => void): Promise<string> {
  const directory = newDirectory();
  mkdirSync(directory);
  await exec('tar', ['--extract', '--strip-components=1', '--file', packed], { cwd: directory });
  const file = join(directory, 'package.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  change(manifest);
  writeFileSync(file, JSON.stringify(manifest));
  return tarball(directory);
}

const tool = (program: string, ...args: string[]): Promise<ChildResult> =>
  runChild(join(root, 'node_modules', program), args);

const publint = (file: string) => tool('publint/src/cli.js', 'run', file, '--strict');

/** CommonJS gets the ES module: Node.js and TypeScript 5.8 let it. Node.js 10 is none of our concern. */
const areTheTypesWrong = (file: string) =>
  tool(
    '@arethetypeswrong/cli/dist/index.js',
    file,
    ...['--profile', 'node16', '--ignore-rules', 'cjs-resolves-to-esm', '--no-emoji'],
  );

// Programs that take their time on a busy machine.
describe('the exports', { timeout: 60_000 }, () => {
  it('pass publint', async () => {
    const { code, stdout } = await publint(packed);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('All good!') });
  });

  it('pass arethetypeswrong', async () => {
    const { code, stdout } = await areTheTypesWrong(packed);
    expect({ code, stdout: code === 0 ? '' : stdout }).toEqual({ code: 0, stdout: '' });
  });

  it('would be refused if their types were not there', async () => {
    const broken = await changed((manifest) => {
      manifest['exports'] = { '.': { types: './dist/missing.d.ts', default: './dist/index.js' } };
    });
    const [lint, types] = await Promise.all([publint(broken), areTheTypesWrong(broken)]);
    expect([lint.code, types.code]).toEqual([1, 1]);
  });

  it('would be refused if they had the types of another kind of module', async () => {
    const broken = await changed((manifest) => {
      manifest['type'] = 'commonjs';
    });
    expect((await publint(broken)).code).toBe(1);
  });
});
