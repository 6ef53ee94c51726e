import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { NotRunningError, Server, type ServerOptions } from 'libzookeeper';
import { onTestFinished } from 'vitest';
import { runChild } from './child.js';
import type { TestServer } from './server.js';
import { newDirectory } from './workspace.js';

/** Has a test's server go when the test is done, not only when the file is: there are many. */
export function mine<T extends Server | TestServer>(server: T): T {
  onTestFinished(() => remove(server.runDir));
  return server;
}

async function remove(runDir: string): Promise<void> {
  if (!existsSync(join(runDir, 'server.json'))) return;
  const pid = await pidOf(await Server.attach(runDir));
  if (pid !== null) process.kill(pid, 'SIGKILL');
  await rm(runDir, { recursive: true, maxRetries: 10 });
}

/** The id of the process that a server runs in, or null. */
export async function pidOf(server: Server): Promise<number | null> {
  return server.process().then(
    ({ pid }) => pid,
    (error: unknown) => {
      if (error instanceof NotRunningError) return null;
      throw error;
    },
  );
}

/** A server of the default settings, not started. */
export async function create(options: Partial<ServerOptions> = {}): Promise<Server> {
  return mine(await Server.create({ port: 0, runDir: newDirectory(), ...options }));
}

/** Runs `support/children/server.ts`: calls methods of an attached server in another process. */
export async function inAnotherProcess(runDir: string, ...calls: string[]): Promise<unknown[]> {
  const script = new URL('./children/server.ts', import.meta.url);
  const { code, stdout, stderr } = await runChild(script, [runDir, ...calls]);
  if (code !== 0) throw new Error(stderr);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** The ids of the processes that run a server in `runDir`, by the system's own account. */
export function serversOf(runDir: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const args = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
        return args[0]?.endsWith('java') && args.includes(`-Dlibzookeeper.runDir=${runDir}`);
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** A process that has nothing to do with ZooKeeper. */
export async function bystander(...args: string[]): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', ...args]);
  await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject));
  return child;
}
