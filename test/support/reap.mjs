import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** The environment variable that marks every process that a test file started, however deep. */
export const MARK = 'LIBZOOKEEPER_TEST';

/**
 * Kills what a test file left running, and removes its directories. Synchronous, since one of its
 * callers has no time left. Plain JavaScript, since the watchdog runs without any loader.
 */
export function reap(mark, root) {
  // Once more for what was just being started.
  for (let round = 0; round < 200; round++) {
    const pids = existsSync('/proc/self/environ') ? marked(mark) : servers(root);
    if (pids.length === 0) break;
    for (const pid of pids) kill(pid);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
  }
  rmSync(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
}

/** The live processes with the mark in the environment that they were started with. */
function marked(mark) {
  const entry = `${MARK}=${mark}`;
  return readdirSync('/proc')
    .filter((name) => /^[0-9]+$/.test(name))
    .filter((pid) => tryRead(`/proc/${pid}/environ`).split('\0').includes(entry))
    .map(Number);
}

/** Where there is no /proc: the servers of the run directories in `root`, by their pid files. */
function servers(root) {
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .map((name) => Number.parseInt(tryRead(join(root, name, 'server.pid')), 10))
    .filter((pid) => pid > 0 && commandLine(pid).includes(root));
}

function commandLine(pid) {
  try {
    return execFileSync('ps', ['-ww', '-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}

function tryRead(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function kill(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It went by itself.
  }
}
