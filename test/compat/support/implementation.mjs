/** The two that are compared: `original`, npm's zookeeper, and `ours`, libzookeeper/compat. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { peerDirectory } from '../peer/ensure.mjs';

const require = createRequire(import.meta.url);

/** The class, as `require()` gives it. */
export function load(name) {
  if (name === 'original') return require(peerDirectory);
  if (name === 'ours') return require('libzookeeper/compat');
  throw new Error(`no such implementation: ${name}`);
}

/** What to write for the module in an import of a file below `directory`. */
export function specifierOf(name) {
  return name === 'original' ? join(peerDirectory, 'lib/index.js') : 'libzookeeper/compat';
}
