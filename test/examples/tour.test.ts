import { mkdirSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { startChild } from '../support/child.js';
import { newDirectory } from '../support/workspace.js';

const script = new URL('../../examples/tour.ts', import.meta.url);

/** The tour, with a directory of its own for what it keeps in temporary ones. */
function startTour(env: Record<string, string | undefined> = {}) {
  const temporary = newDirectory();
  mkdirSync(temporary);
  const child = startChild(script, [], { timeout: 60_000, env: { ...env, TMPDIR: temporary } });
  const leftovers = () => readdirSync(temporary).filter((name) => name.startsWith('libzookeeper'));
  return { child, leftovers };
}

describe('the tour', { timeout: 60_000 }, () => {
  it('shows what it promises, and leaves nothing behind', async () => {
    const { child, leftovers } = startTour();
    const { code, stdout, stderr } = await child.done;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(leftovers()).toEqual([]);

    // Without a terminal, no colours.
    expect(stdout).not.toContain('\u001b');
    const chapters = [...stdout.matchAll(/^\d+\. (.*)$/gm)].map(([, title]) => title);
    expect(chapters).toEqual([
      'A server of its own',
      'Connect',
      'Create, read, set',
      'A watch that fires',
      'An ephemeral sequential node',
      'retryChange, raced by two connections',
      'Access control',
      'The server stopped and started again, under a live watch',
      'A lost connection is not an expired session',
      'Clean up',
    ]);
    for (const line of [
      /ZooKeeper connected; path changed: \/greeting/,
      /counter is 50, version 49/,
      /zookeeper: get "\/secret": not authenticated/,
      /ZooKeeper connecting\n.*connection loss/,
      /the watch +has not fired/,
      /ZooKeeper session expired \(ok: false\)\n.*session expired/,
      /countPendingWatches\(\) +0$/m,
    ]) {
      expect(stdout).toMatch(line);
    }
  });

  it('leaves nothing behind when it is interrupted', async () => {
    const { child, leftovers } = startTour();
    const [, pid] = await child.output(/process (\d+), after.*^2\. Connect$/ms);
    expect(leftovers()).toHaveLength(1);
    child.kill('SIGINT');
    const { code, stderr } = await child.done;
    expect({ code, stderr }).toEqual({ code: 130, stderr: '\nSIGINT: clearing up\n' });
    expect(leftovers()).toEqual([]);
    expect(() => process.kill(Number(pid), 0)).toThrow('ESRCH');
  });

  it('fails with exit code 1 and the reason, and leaves nothing behind', async () => {
    const { child, leftovers } = startTour({ PATH: newDirectory(), JAVA_HOME: undefined });
    const { code, stderr } = await child.done;
    expect(code).toBe(1);
    expect(stderr).toContain('a ZooKeeper server needs Java 11 or newer');
    expect(leftovers()).toEqual([]);
  });
});
