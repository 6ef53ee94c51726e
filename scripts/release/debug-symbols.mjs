/** Takes the debugging information out of a binary, into a file beside the release. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { at } from '../support/paths.mjs';
import { run } from '../support/run.mjs';

/**
 * Strips `file` and leaves in it the name of where its symbols went: `libzookeeper-<target>.debug`,
 * below `build/debug-symbols`. gdb finds it there, or wherever `debug-file-directory` says.
 */
export async function splitDebugSymbols(file, target, tools) {
  if (target.platform !== 'linux') return;
  const { STRIP = 'strip', OBJCOPY = 'objcopy' } = tools;
  const directory = at('build/debug-symbols');
  mkdirSync(directory, { recursive: true });
  const name = `libzookeeper-${target.name}.debug`;
  await run(OBJCOPY, [
    '--only-keep-debug',
    '--compress-debug-sections',
    file,
    join(directory, name),
  ]);
  await run(STRIP, ['--strip-unneeded', file]);
  // objcopy takes the name of the file, and a checksum of what is in it.
  await run(OBJCOPY, [`--add-gnu-debuglink=${name}`, file], { cwd: directory });
}
