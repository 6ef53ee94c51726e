/**
 * clang-format over native/ and test/fuzz/: npm's, whose version is pinned, where it has a binary; else the
 * system's.
 */
import { filesBelow } from '../support/files.mjs';
import { at } from '../support/paths.mjs';
import { have, output, run } from '../support/run.mjs';

function find() {
  const pinned = [process.execPath, at('node_modules/clang-format/index.js')];
  if (output(pinned[0], [pinned[1], '--version']) !== undefined) return pinned;
  return have('clang-format') ? ['clang-format'] : undefined;
}

/** Runs it over all of both with these options; false if there is none on this platform. */
async function clangFormat(...options) {
  const command = find();
  if (command === undefined) return false;
  const files = ['native', 'test/fuzz'].flatMap((folder) =>
    filesBelow(at(folder), ['.c', '.cc', '.h']),
  );
  if (files.length > 0) await run(command[0], [...command.slice(1), ...options, ...files]);
  return true;
}

/** Fails if a file is not formatted; false if this platform has no clang-format. */
export const checkNative = () => clangFormat('--dry-run', '-Werror');

/** Formats the files in place. */
export const formatNative = () => clangFormat('-i');
