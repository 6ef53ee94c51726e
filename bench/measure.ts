import { type ChildProcess, spawn } from 'node:child_process';
import type { BenchClient } from './clients.js';
import { type Message, type Task, taskArguments } from './drivers/task.js';
import { root } from './paths.js';
import type { Scenario } from './scenarios.js';
import { onJsonLines } from './targets/lines.js';
import type { Cuttable, Target } from './targets/target.js';

/** How much is measured. */
export interface Amount {
  readonly depth: number;
  readonly warmUp: number;
  readonly duration: number;
  readonly watches: number;
}

/** What one run came to: numbers by metric, or the reason why there are none. */
export type Outcome =
  | { readonly values: Readonly<Record<string, number>> }
  | { readonly none: string };

/** A driver that has not ended by then is stuck; in milliseconds, besides the time that it was told to measure. */
const LONGEST_RUN = 30_000;

interface Run {
  readonly child: ChildProcess;
  /** Settles when the driver has said its result, or has ended. */
  readonly outcome: Promise<Outcome>;
}

/** Starts a driver. @param onWatching - called when it says that its connection may be cut */
function start(command: readonly string[], task: Task, limit: number, onWatching: () => void): Run {
  const [program = '', ...before] = command;
  const child = spawn(program, [...before, ...taskArguments(task)], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const outcome = new Promise<Outcome>((resolve) => {
    let errors = '';
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      resolve({ none: `not within ${limit / 1000} s` });
    }, limit);
    child.stderr?.on('data', (chunk: Buffer) => {
      errors += chunk.toString();
    });
    onJsonLines<Message>(child.stdout as NonNullable<typeof child.stdout>, (message) => {
      if (message.event === 'watching') {
        onWatching();
      } else if (message.event === 'unsupported') {
        resolve({ none: message.why });
      } else {
        const { event: _, ...values } = message;
        resolve({ values: values as Record<string, number> });
      }
    });
    child.on('error', (error) => resolve({ none: error.message }));
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      const last = errors.trimEnd().split('\n').at(-1) ?? '';
      resolve({ none: `failed (${signal ?? code}) ${last}` });
    });
  });
  return { child, outcome };
}

async function ended({ child }: Run): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise((resolve) => child.once('close', resolve));
}

/** What is between the end of the watches' reconnection and the server's count of them, in milliseconds. */
async function measureReturn(
  command: readonly string[],
  task: Task,
  cuttable: Cuttable,
): Promise<Outcome> {
  let since = 0;
  const run = start(command, task, LONGEST_RUN, () => {
    since = performance.now();
    cuttable.cut();
  });
  const outcome = await run.outcome;
  const milliseconds = performance.now() - since;
  const watches = await cuttable.watches();
  run.child.kill('SIGKILL');
  await ended(run);
  if ('none' in outcome) return outcome;
  if (watches !== task.count) return { none: `${watches} of ${task.count} came back` };
  return { values: { milliseconds } };
}

/** Runs a scenario once, in a process of its own. @param wrap - makes another command of the driver's, to profile or trace it */
export async function measure(
  client: BenchClient,
  target: Target,
  scenario: Scenario,
  amount: Amount,
  wrap: (command: readonly string[]) => readonly string[] = (command) => command,
): Promise<Outcome> {
  const command = wrap(client.command);
  const { kind, operation, path, size } = scenario;
  const { warmUp, duration, watches } = amount;
  const depth = scenario.depth === 'given' ? amount.depth : scenario.depth;
  const limits = { depth, size, count: watches, warmUp, duration };
  if (target.ca !== undefined && client.id !== 'ours') return { none: 'no TLS' };
  const secure = target.ca === undefined ? {} : { ca: target.ca };
  const node = { address: target.address, path, ...secure };
  const task: Task = { scenario: kind, operation, ...node, ...limits };
  if (kind === 'watch-return') {
    const cuttable = await target.cuttable();
    const outcome = await measureReturn(command, { ...task, address: cuttable.address }, cuttable);
    cuttable.close();
    return outcome;
  }
  const run = start(command, task, warmUp + duration + LONGEST_RUN, () => {});
  const outcome = await run.outcome;
  await ended(run);
  return outcome;
}
