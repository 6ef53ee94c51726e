/** npm's program: on Windows `npm` is a script of the shell's, which no child process can be. */
import { dirname, join } from 'node:path';
import { output } from './run.mjs';

/** The path of npm-cli.js: of the npm that runs us, or else of the one on the PATH. */
export function npmProgram() {
  const own = process.env.npm_execpath;
  if (own?.endsWith('npm-cli.js')) return own;
  if (process.platform === 'win32')
    return join(dirname(process.execPath), 'node_modules/npm/bin/npm-cli.js');
  const globalModules = output('npm', ['root', '--global'])?.split('\n')[0].trim();
  return join(globalModules ?? '', 'npm/bin/npm-cli.js');
}
