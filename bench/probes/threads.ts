/**
 * `tsx bench/probes/threads.ts [name=value …]`: the processor time that an operation takes, thread by thread, in the program and
 * in the system; a line of JSON, in microseconds. Linux only.
 */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildDrivers } from '../build/drivers.js';
import { taskArguments } from '../drivers/task.js';
import { root } from '../paths.js';
import { onJsonLines } from '../targets/lines.js';
import { WireStub } from '../targets/wire-stub.js';
import { parseProbe } from './probe-options.js';

/** How long the driver measures, and the part of that in which threads are looked at, in milliseconds. */
const WARM_UP = 1500;
const DURATION = 4000;
const WINDOW = 3000;

/** Microseconds of a tick of the system's clock. */
const TICK = 10_000;

interface Times {
  readonly user: number;
  readonly system: number;
}

/** What each thread has used so far, by its id, in microseconds. */
function timesOf(pid: number): Map<number, Times> {
  const tasks = `/proc/${pid}/task`;
  return new Map(
    readdirSync(tasks).map((id) => {
      const stat = readFileSync(join(tasks, id, 'stat'), 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return [Number(id), { user: TICK * Number(fields[11]), system: TICK * Number(fields[12]) }];
    }),
  );
}

/** The JavaScript thread is the process's first, the I/O thread the last that it started; V8 has those in between. */
function nameOf(id: number, pid: number, ids: readonly number[]): string {
  if (id === pid) return 'JavaScript';
  return id === Math.max(...ids) ? 'I/O' : 'V8';
}

const options = { ...parseProbe(process.argv.slice(2)), warmUp: WARM_UP, duration: DURATION };
const stub = await WireStub.start();
try {
  const words = taskArguments({ ...options, address: stub.address });
  const child = spawn(process.execPath, [join(buildDrivers(), 'main.js'), 'ours', '-', ...words], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const pid = child.pid as number;
  const result = new Promise<number>((resolve) => {
    onJsonLines<{ opsPerSecond: number }>(child.stdout, ({ opsPerSecond }) =>
      resolve(opsPerSecond),
    );
  });
  await sleep(WARM_UP + (DURATION - WINDOW) / 2);
  const [before, since] = [timesOf(pid), performance.now()];
  await sleep(WINDOW);
  const [after, until] = [timesOf(pid), performance.now()];
  const operations = ((await result) * (until - since)) / 1000;

  const perOp: Record<string, Times> = {};
  for (const [id, { user, system }] of after) {
    const name = nameOf(id, pid, [...after.keys()]);
    const [old, sum] = [before.get(id), perOp[name]];
    perOp[name] = {
      user: (sum?.user ?? 0) + (user - (old?.user ?? 0)) / operations,
      system: (sum?.system ?? 0) + (system - (old?.system ?? 0)) / operations,
    };
  }
  process.stdout.write(`${JSON.stringify(perOp)}\n`);
} finally {
  await stub.stop();
}
