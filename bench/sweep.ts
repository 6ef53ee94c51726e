/**
 * `tsx bench/sweep.ts`: how the cost of an operation grows with the payload, the number of children, the requests in flight, the
 * connections and the watches, against the wire stub; and the straight line that fits best, with how well it does.
 */
import { parseArgs } from 'node:util';
import { type BenchClient, prepareClient } from './clients.js';
import { list, number, orUsage, word } from './command-line.js';
import { measure } from './measure.js';
import { nodes } from './nodes.js';
import { fitLine, median } from './report/stats.js';
import { formatNumber } from './report/table.js';
import { type Scenario, scenarios } from './scenarios.js';
import { WireStub } from './targets/wire-stub.js';

/** One quantity that is varied, and what is looked at while it is. */
interface Sweep {
  readonly id: string;
  readonly title: string;
  readonly values: readonly number[];
  readonly metric: string;
  readonly unit: string;
  /** The scenario at one value. */
  readonly at: (value: number) => Scenario & { readonly connections?: number };
  /** How many watches there are at one value. */
  readonly watches?: (value: number) => number;
}

const scenario = (id: string): Scenario => {
  const found = scenarios.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`no such scenario: ${id}`);
  return found;
};

const cpu = { metric: 'cpuPerOp', unit: 'µs of CPU per operation' } as const;

const sweeps: readonly Sweep[] = [
  {
    id: 'payload',
    title: 'bytes of a get',
    values: [0, 100, 1000, 8000, 16_000, 64_000, 256_000, 1_048_576],
    ...cpu,
    at: (bytes) => ({
      ...scenario('get'),
      path: `${nodes.top}/data-${bytes}`,
      depth: bytes > 8000 ? 32 : 256,
    }),
  },
  {
    id: 'written',
    title: 'bytes of a set',
    values: [0, 100, 1000, 8000, 16_000, 64_000, 256_000, 1_048_576],
    ...cpu,
    at: (bytes) => ({ ...scenario('set'), size: bytes, depth: bytes > 8000 ? 32 : 256 }),
  },
  {
    id: 'children',
    title: 'children',
    values: [0, 10, 100, 1000, 10_000, 100_000],
    ...cpu,
    at: (count) => ({
      ...scenario('children'),
      path: `${nodes.top}/children-${count}`,
      depth: count > 10_000 ? 4 : 32,
    }),
  },
  {
    id: 'window',
    title: 'requests in flight',
    values: [1, 2, 4, 16, 64, 256, 1024, 4096, 16_384, 65_536],
    ...cpu,
    at: (depth) => ({ ...scenario('get'), depth }),
  },
  {
    id: 'connections',
    title: 'connections, 256 in flight together',
    values: [1, 2, 4, 8, 16, 32],
    ...cpu,
    at: (connections) => ({ ...scenario('get'), connections }),
  },
  {
    id: 'watches',
    title: 'pending watches',
    values: [10_000, 100_000, 300_000, 1_000_000],
    metric: 'bytesPerWatch',
    unit: 'bytes for each watch',
    at: () => scenario('watch-memory'),
    watches: (count) => count,
  },
];

interface Settings {
  readonly client: BenchClient;
  readonly runs: number;
  readonly duration: number;
}

/** The median at one value, or the reason why there is none. */
async function pointOf(
  { metric, at, watches }: Sweep,
  value: number,
  stub: WireStub,
  { client, runs, duration }: Settings,
): Promise<number | string> {
  const { connections = 1, ...chosen } = at(value);
  const amount = { depth: 256, warmUp: duration / 2, duration, watches: watches?.(value) ?? 0 };
  const wrap = (command: readonly string[]): readonly string[] =>
    connections === 1 ? command : [...command, `connections=${connections}`];
  const numbers: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const outcome = await measure(client, stub, chosen, amount, wrap);
    if ('none' in outcome) return outcome.none;
    numbers.push(outcome.values[metric] ?? Number.NaN);
  }
  return median(numbers);
}

async function runSweep(sweep: Sweep, stub: WireStub, settings: Settings): Promise<void> {
  console.log(`\n${sweep.title}: ${sweep.unit}`);
  const points: [number, number][] = [];
  for (const value of sweep.values) {
    const point = await pointOf(sweep, value, stub, settings);
    if (typeof point === 'number') points.push([value, point]);
    const text = typeof point === 'number' ? formatNumber(point) : point;
    console.log(`  ${formatNumber(value).padStart(12)}  ${text.padStart(12)}`);
  }
  const { intercept, slope, fit } = fitLine(points);
  console.log(`  ${formatNumber(intercept)} + ${slope.toPrecision(3)} × n, R² ${fit.toFixed(3)}`);
}

const USAGE = `usage: tsx bench/sweep.ts [options]

  --what A,B           ${sweeps.map(({ id }) => id).join(', ')}
  --runs N             how often each value is measured; 3
  --duration MS        how long a run measures; 1000
  --client A           ours, c
`;

/** @returns undefined when help was asked for */
function parseOptions(args: readonly string[]) {
  const string = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...{ help: { type: 'boolean' }, what: string },
      ...{ runs: string, duration: string, client: string },
    },
  });
  if (values.help) return undefined;
  const ids = sweeps.map(({ id }) => id);
  return {
    what: list(values.what, ids, 'what'),
    client: word(values.client ?? 'ours', ['ours', 'c'], 'client'),
    runs: number(values.runs, 3, 'runs'),
    duration: number(values.duration, 1000, 'duration'),
  };
}

async function sweep(options: NonNullable<ReturnType<typeof parseOptions>>): Promise<void> {
  const { what, runs, duration } = options;
  const client = await prepareClient(options.client);
  if ('missing' in client) throw new Error(client.missing);
  const stub = await WireStub.start();
  try {
    for (const each of sweeps) {
      if (what.includes(each.id)) await runSweep(each, stub, { client, runs, duration });
    }
  } finally {
    await stub.stop();
  }
}

const options = orUsage(USAGE, () => parseOptions(process.argv.slice(2)));
if (options === undefined) process.stdout.write(USAGE);
else await sweep(options);
