import { spawn } from 'node:child_process';
import { mkdtempSync, realpathSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';
import { MARK, reap } from './reap.mjs';

/*
 * A place for this test file's directories, and a mark on all processes that it starts, so that it
 * leaves neither behind: they go when its tests are done, and when its process dies, however.
 */

/** This test file's temporary directory; everything below it goes when the tests are done. */
const root = mkdtempSync(join(realpathSync(tmpdir()), 'libzookeeper-test-'));

startWatchdog();
// From here on, so not in the watchdog: whatever this process starts inherits it.
process.env[MARK] = root;

afterAll(() => reap(root, root));

let directories = 0;

/** The path of a directory that does not exist yet, for a server's run directory or anything. */
export function newDirectory(): string {
  directories += 1;
  return join(root, String(directories));
}

function startWatchdog(): void {
  const script = fileURLToPath(new URL('./watchdog.mjs', import.meta.url));
  const watchdog = spawn(process.execPath, [script, root, root], {
    // A session of its own: a Ctrl-C in the terminal is not for it.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watchdog.unref();
  (watchdog.stdin as unknown as Socket).unref();
}
