import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { newDirectory } from '../support/workspace.js';

const at = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** In JavaScript, as all that the build is made of. */
const { host } = (await import(
  new URL('../../scripts/release/targets.mjs', import.meta.url).href
)) as { host?: { libc?: string } };

// Another C library does not say how much is allocated.
it.runIf(host?.libc === 'glibc')(
  'memory that threads free for each other holds what its owner wrote, and not much of it is kept',
  async () => {
    const program = newDirectory();
    const native = at('../../native');
    const sources = [at('children/free-lists.cc'), `${native}/port/free_lists.cc`];
    await promisify(execFile)(process.env['CXX'] ?? 'c++', [
      ...['-std=c++17', '-O2', '-pthread', '-I', native, '-o', program],
      ...sources,
    ]);
    const { stdout, stderr } = await promisify(execFile)(program);
    expect(stderr).toBe('');
    // One MiB for all, and what the last thread has taken of it, or is about to give.
    expect(Number(stdout)).toBeLessThan(2 * 1024 * 1024);
    // Otherwise it was not tried.
    expect(Number(stdout)).toBeGreaterThan(100 * 1024);
  },
  30_000,
);
