/** Prints the addon's source files, a line each, for binding.gyp. */
import { relative } from 'node:path';
import { filesBelow } from '../support/files.mjs';
import { at, root } from '../support/paths.mjs';

for (const file of filesBelow(at('native'), ['.c', '.cc'])) console.log(relative(root, file));
