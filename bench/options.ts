import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { type ClientId, clientIds } from './clients.js';
import { list, number } from './command-line.js';
import type { Amount } from './measure.js';
import { scenarios } from './scenarios.js';
import { usualServerCores } from './targets/confine.js';

export const USAGE = `usage: npm run bench -- [options]

  --quick              short runs, few watches: to see that it works, not to quote
  --runs N             how often everything is measured; 5, quick: 2
  --only A,B           scenarios: ${scenarios.map(({ id }) => id).join(', ')}
  --clients A,B        ${clientIds.join(', ')}
  --targets A,B        stub, server, tls (a server that speaks TLS)
  --depth N            requests in flight; 256
  --server-cores N     the cores of a ZooKeeper server; half of them
  --duration MS        how long a run measures; 2000, quick: 400
  --watches N          100000, quick: 10000
  --json FILE          writes everything that was measured
  --svg DIRECTORY      writes charts
  --profile DIRECTORY  profiles the clients in Node.js, which slows them down
`;

/** What the bench was asked for. */
export interface BenchOptions {
  readonly runs: number;
  readonly only: readonly string[];
  readonly clients: readonly ClientId[];
  readonly targets: readonly string[];
  readonly amount: Amount;
  readonly serverCores: number;
  readonly json: string | undefined;
  readonly svg: string | undefined;
  readonly profile: string | undefined;
}

/** @throws UsageError @returns undefined when help was asked for */
export function parseOptions(args: readonly string[]): BenchOptions | undefined {
  const string = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...{ help: { type: 'boolean' }, quick: { type: 'boolean' } },
      ...{ runs: string, only: string, clients: string, targets: string, depth: string },
      ...{
        'server-cores': string,
        duration: string,
        watches: string,
        json: string,
        svg: string,
        profile: string,
      },
    },
  });
  if (values.help) return undefined;
  const quick = values.quick ?? false;
  const ids = scenarios.map(({ id }) => id);
  const duration = number(values.duration, quick ? 400 : 2000, 'duration');
  return {
    runs: number(values.runs, quick ? 2 : 5, 'runs'),
    only: list(values.only, ids, 'only'),
    clients: list(values.clients, clientIds, 'clients'),
    targets: list(values.targets, ['stub', 'server', 'tls'], 'targets'),
    amount: {
      depth: number(values.depth, 256, 'depth'),
      // Until V8 has compiled what is hot: that is not what an operation costs.
      warmUp: quick ? 150 : 1500,
      duration,
      watches: number(values.watches, quick ? 10_000 : 100_000, 'watches'),
    },
    serverCores: Math.min(
      number(values['server-cores'], usualServerCores(), 'server-cores'),
      availableParallelism(),
    ),
    json: values.json,
    svg: values.svg,
    profile: values.profile,
  };
}
