import { execFileSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** How many cores a server gets unless told otherwise: half of them; all where there is no telling. */
export function usualServerCores(): number {
  const cores = availableParallelism();
  return process.platform === 'linux' && cores > 1 ? Math.floor(cores / 2) : cores;
}

/** Keeps a process, all of its threads and those to come, on the first so many cores. */
export function confine(pid: number, cores: number): void {
  execFileSync('taskset', ['-a', '-p', '-c', `0-${cores - 1}`, String(pid)], { stdio: 'ignore' });
}
