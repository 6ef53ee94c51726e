/** The addon's source files; run as a program, it prints them, a line each, for binding.gyp. */
import { join, relative, sep } from 'node:path';
import { filesBelow } from '../support/files.mjs';
import { at, root } from '../support/paths.mjs';

const windows = join('native', 'port', 'windows') + sep;

/** Relative to the root. What there is for Windows only is left out elsewhere. */
export function nativeSources(platform = process.platform) {
  return filesBelow(at('native'), ['.c', '.cc'])
    .map((file) => relative(root, file))
    .filter((file) => platform === 'win32' || !file.startsWith(windows));
}

if (import.meta.filename === process.argv[1])
  for (const file of nativeSources()) console.log(file.replaceAll('\\', '/'));
