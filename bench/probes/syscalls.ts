/**
 * `tsx bench/probes/syscalls.ts [name=value …]`: how many calls of the system, and of which kind, an operation takes, in the
 * whole process and on all its threads; a line of JSON. Needs strace.
 *
 * Two runs that differ only in how many operations they make are counted; what they have in common is not the operations'.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildDrivers } from '../build/drivers.js';
import { run } from '../build/run.js';
import { taskArguments } from '../drivers/task.js';
import { WireStub } from '../targets/wire-stub.js';
import { parseProbe } from './probe-options.js';

/** Calls by name, of one run. */
type Counts = ReadonlyMap<string, number>;

/** Reads the table of `strace -c`: the calls stand in the fourth column, their name in the last. */
function parseCounts(table: string): Counts {
  const counts = new Map<string, number>();
  for (const line of table.split('\n')) {
    const columns = line.trim().split(/\s+/);
    const name = columns.at(-1) ?? '';
    const calls = Number(columns[3]);
    if (Number.isInteger(calls) && /^[a-z_\d]+$/.test(name) && name !== 'total') {
      counts.set(name, calls);
    }
  }
  return counts;
}

async function count(command: readonly string[]): Promise<Counts> {
  const directory = mkdtempSync(join(tmpdir(), 'libzookeeper-bench-'));
  const table = join(directory, 'counts');
  try {
    await run('strace', ['-f', '-c', '-o', table, ...command]);
    return parseCounts(readFileSync(table, 'utf8'));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

const options = parseProbe(process.argv.slice(2));
const stub = await WireStub.start();
try {
  const driver = [process.execPath, join(buildDrivers(), 'counted.js')];
  const command = (operations: number): string[] => [
    ...driver,
    ...taskArguments({ ...options, address: stub.address, count: operations }),
  ];
  const few = await count(command(options.count));
  const many = await count(command(2 * options.count));
  const perOp = [...many]
    .map(([name, calls]) => [name, (calls - (few.get(name) ?? 0)) / options.count] as const)
    .filter(([, calls]) => Math.abs(calls) >= 0.0005)
    .sort(([, left], [, right]) => right - left);
  const total = perOp.reduce((sum, [, calls]) => sum + calls, 0);
  const round = (calls: number): number => Math.round(1e4 * calls) / 1e4;
  const byName = Object.fromEntries(perOp.map(([name, calls]) => [name, round(calls)]));
  console.log(JSON.stringify({ syscallsPerOp: round(total), ...byName }));
} finally {
  await stub.stop();
}
