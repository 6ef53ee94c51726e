/** The files of a directory tree. */
import { existsSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';

/**
 * All files below a directory with one of the extensions (`'.ts'`), as sorted absolute paths; none
 * when there is no such directory.
 */
export function filesBelow(directory, extensions) {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && extensions.includes(extname(entry.name)))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
