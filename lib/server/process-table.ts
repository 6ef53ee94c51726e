import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** The class that a server runs, standalone or in an ensemble. */
export const MAIN_CLASS = 'org.apache.zookeeper.server.quorum.QuorumPeerMain';

/**
 * The argument that marks the process of a run directory. Process ids are used again: only a
 * process that carries it is the server, and is ever sent a signal.
 */
export function marker(runDir: string): string {
  return `-Dlibzookeeper.runDir=${runDir}`;
}

/** Linux says it all in files; elsewhere `ps` is asked. */
const hasProc = existsSync('/proc/self/cmdline');

/** Whether `pid` is alive and the server of `runDir`. */
export async function isServer(pid: number, runDir: string): Promise<boolean> {
  return hasProc ? isServerByProc(pid, runDir) : isServerByPs(pid, runDir);
}

/**
 * Waits until the server of `runDir` with the id `pid` is gone, for `timeout` ms at most. It may
 * be the child of any process, so there is no event to wait for.
 */
export async function waitUntilGone(
  pid: number,
  runDir: string,
  timeout: number,
): Promise<boolean> {
  const deadline = performance.now() + timeout;
  while (!(await isGone(pid, runDir))) {
    if (performance.now() >= deadline) return false;
    await sleep(20);
  }
  return true;
}

async function isServerByProc(pid: number, runDir: string): Promise<boolean> {
  // Arguments end with NUL each; a process that has ended, but was not waited for, has none.
  const args = (await readProc(`/proc/${pid}/cmdline`))?.split('\0') ?? [];
  return args.includes(marker(runDir)) && args.includes(MAIN_CLASS);
}

/** Exported for its test, since where there is a /proc nothing else calls it. */
export async function isServerByPs(pid: number, runDir: string): Promise<boolean> {
  const line = await new Promise<string>((resolve, reject) => {
    execFile('ps', ['-ww', '-o', 'args=', '-p', String(pid)], (error, stdout) => {
      // An exit code means no such process; anything else, that there is no usable `ps`.
      if (error !== null && typeof error.code !== 'number') reject(error);
      else resolve(stdout);
    });
  });
  return line.includes(` ${marker(runDir)} `) && line.includes(` ${MAIN_CLASS} `);
}

async function isGone(pid: number, runDir: string): Promise<boolean> {
  if (!hasProc) return !(await isServerByPs(pid, runDir));
  const stat = await readProc(`/proc/${pid}/stat`);
  if (stat === null) return true;
  // The state follows the name, which is in parentheses and may itself contain some.
  if (/^[ZX]/.test(stat.slice(stat.lastIndexOf(')') + 2))) {
    // Ended, and not yet waited for; but its threads may still be about, holding the port.
    const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
    return threads.length <= 1;
  }
  return !(await isServerByProc(pid, runDir));
}

async function readProc(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // ESRCH: it went between opening and reading.
    if (code === 'ENOENT' || code === 'ESRCH') return null;
    throw error;
  }
}
