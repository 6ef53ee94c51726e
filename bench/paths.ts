import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository. */
export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

/** A path in the repository. */
export const at = (...parts: readonly string[]): string => join(root, ...parts);

/** What the bench builds, installs and runs; git ignores it, and deleting it is always safe. */
export const out = (...parts: readonly string[]): string => at('build/bench', ...parts);
