/** Where things are. Everything that a build makes lies in a directory that git ignores. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository, or of the unpacked package. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** The path of a file of the repository. */
export const at = (...parts) => join(root, ...parts);
