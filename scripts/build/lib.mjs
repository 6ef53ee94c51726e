/** Compiles lib/ into dist/ with tsc. */
import { readFileSync, renameSync, rmSync } from 'node:fs';
import { relative } from 'node:path';
import { filesBelow } from '../support/files.mjs';
import { at } from '../support/paths.mjs';
import { run } from '../support/run.mjs';
import { stampOf, unlessStamped } from '../support/stamp.mjs';
import { step } from '../support/step.mjs';

const dist = at('dist');
// Beside dist/, since the source maps hold relative paths.
const next = at('dist.new');

async function compile() {
  rmSync(next, { recursive: true, force: true });
  const tsc = at('node_modules/typescript/bin/tsc');
  await run(process.execPath, [tsc, '--project', at('tsconfig.build.json'), '--outDir', next]);
  // In place at once: no file of a source that is gone, and nothing half done when tsc fails.
  rmSync(dist, { recursive: true, force: true });
  renameSync(next, dist);
}

/** Sees to it that dist/ is there and up to date. */
export async function buildLib() {
  await step('library', () => {
    const sources = filesBelow(at('lib'), ['.ts']);
    const { version } = JSON.parse(
      readFileSync(at('node_modules/typescript/package.json'), 'utf8'),
    );
    return unlessStamped({
      stampFile: at('build/lib.stamp'),
      stamp: stampOf([...sources, at('tsconfig.json'), at('tsconfig.build.json')], {
        typescript: version,
      }),
      outputs: sources.map((file) => at('dist', relative(at('lib'), file).replace(/\.ts$/, '.js'))),
      build: compile,
    });
  });
}
