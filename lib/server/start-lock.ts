import { lstat, readlink, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';

/** Nobody holds the lock for longer than a Java takes to say its version. */
const OLDEST = 60_000;

/**
 * Takes the right to start a server in `runDir`, so that of several processes, or calls, that try
 * at the same time only one does. It is held until the pid file is written, which tells the rest.
 *
 * The lock is a symbolic link to the id of the holder's process, since a link is made at once and
 * with its contents. One that a dead process left behind is taken away.
 *
 * @returns gives the lock back
 * @throws Error when somebody else holds it
 */
export async function takeStartLock(runDir: string): Promise<() => Promise<void>> {
  const path = join(runDir, 'start.lock');
  for (;;) {
    try {
      await symlink(String(process.pid), path);
      return () => rm(path, { force: true });
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') {
        throw new Error(`the run directory "${runDir}" does not exist`, { cause: error });
      }
      if (code !== 'EEXIST') throw error;
    }
    const held = await readLock(path);
    if (held === null) continue;
    if (isAlive(held.pid) && held.age < OLDEST) {
      throw new Error(`the server in "${runDir}" is already being started, by process ${held.pid}`);
    }
    await takeAway(path, held.pid);
  }
}

async function readLock(path: string): Promise<{ pid: number; age: number } | null> {
  try {
    const [target, { mtimeMs }] = await Promise.all([readlink(path), lstat(path)]);
    return { pid: Number(target), age: Date.now() - mtimeMs };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return null;
    // Not a link: nothing that was made here.
    if (code === 'EINVAL') return { pid: 0, age: Number.POSITIVE_INFINITY };
    throw error;
  }
}

/** Removes a stale lock, but not the fresh one of somebody who was quicker to do the same. */
async function takeAway(path: string, pid: number): Promise<void> {
  const aside = `${path}.${process.pid}`;
  try {
    await rename(path, aside);
    const taken = await readLock(aside);
    if (taken !== null && taken.pid > 0 && taken.pid !== pid) await rename(aside, path);
    else await rm(aside, { recursive: true, force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
