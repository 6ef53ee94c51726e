/** The live tests, run by a given Node.js against the packed package instead of the sources. */
import { cpSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { at } from '../support/paths.mjs';
import { run } from '../support/run.mjs';

/** The unpacked tarball with the tests beside it: what they import by its name is what npm ships. */
export async function packedTree(tarball) {
  const directory = at('build/packed-tree');
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  await run('tar', ['--extract', '--strip-components=1', '--file', tarball], { cwd: directory });
  for (const part of ['test', 'vitest.config.ts', 'tsconfig.json'])
    cpSync(at(part), join(directory, part), { recursive: true });
  symlinkSync(at('node_modules'), join(directory, 'node_modules'));
  return directory;
}

export async function runLive(tree, { command: [program] }) {
  const vitest = join(tree, 'node_modules/vitest/vitest.mjs');
  await run(program, [vitest, 'run', 'test/live', '--reporter=dot', '--maxWorkers=2'], {
    cwd: tree,
    quiet: true,
  });
}
