/**
 * One build at a time: `npm test` in one terminal and `npm start` in another must not write the
 * same files.
 */
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** Whether a process lives; one that belongs to somebody else does. */
function lives(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Makes the file, which says who holds the lock; false if another has made it. */
function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * No build takes that long, in milliseconds: an older lock is void, whatever process has its
 * holder's id by now.
 */
const LONGEST_BUILD = 30 * 60_000;

/**
 * Who holds the lock: a process, or undefined when its file is gone or just being written, or it is
 * void.
 */
function holder(file) {
  try {
    const pid = Number(readFileSync(file, 'utf8')) || undefined;
    const isOld = Date.now() - statSync(file).mtimeMs > LONGEST_BUILD;
    if (!isOld && (pid === undefined || lives(pid))) return pid;
    rmSync(file, { force: true });
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  return undefined;
}

/**
 * Does `work` while no other process holds the lock `file`. The lock of a process that died is
 * void.
 */
export async function locked(file, work) {
  mkdirSync(dirname(file), { recursive: true });
  let announced = false;
  while (!take(file)) {
    const pid = holder(file);
    if (pid !== undefined && !announced) {
      console.log(`waiting for the build of process ${pid} to end (its lock: ${file})`);
      announced = true;
    }
    await pause(200);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}
