/**
 * `npm run bench`: every client through the same scenarios, against the same targets, in the same run. The runs alternate
 * between clients, so that a noisy minute is everybody's.
 */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type BenchClient, prepareClient } from './clients.js';
import { orUsage } from './command-line.js';
import { measure } from './measure.js';
import { type BenchOptions, parseOptions, USAGE } from './options.js';
import { writeCharts } from './report/charts.js';
import { describeMachine } from './report/machine.js';
import { formatReport, type Report } from './report/report.js';
import { Results } from './report/results.js';
import { type Scenario, scenarios } from './scenarios.js';
import { RealServer } from './targets/server.js';
import type { Target } from './targets/target.js';
import { WireStub } from './targets/wire-stub.js';

const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

async function prepareClients({ clients }: BenchOptions): Promise<BenchClient[]> {
  const ready: BenchClient[] = [];
  for (const id of clients) {
    const client = await prepareClient(id);
    if ('missing' in client) say(`left out: ${client.missing}`);
    else ready.push(client);
  }
  return ready;
}

async function startTargets({ targets, serverCores }: BenchOptions): Promise<Target[]> {
  return Promise.all([
    ...(targets.includes('stub') ? [WireStub.start()] : []),
    ...(targets.includes('server') ? [RealServer.start(serverCores)] : []),
    ...(targets.includes('tls') ? [RealServer.startSecure(serverCores)] : []),
  ]);
}

const profiled = (directory: string) => (command: readonly string[]) => {
  const [program = '', ...rest] = command;
  return [program, '--cpu-prof', `--cpu-prof-dir=${resolve(directory)}`, ...rest];
};

/** One round: everything once, each round with another client first. */
async function measureRound(
  round: number,
  clients: readonly BenchClient[],
  targets: readonly Target[],
  chosen: readonly Scenario[],
  { amount, profile }: BenchOptions,
  results: Results,
): Promise<void> {
  for (const target of targets) {
    for (const scenario of chosen) {
      if (!scenario.targets.includes(target.id)) continue;
      for (let turn = 0; turn < clients.length; turn += 1) {
        const client = clients[(round + turn) % clients.length] as BenchClient;
        if (results.isHopeless(target, scenario, client.id)) continue;
        const wrap = profile !== undefined && client.isNode ? profiled(profile) : undefined;
        const outcome = await measure(client, target, scenario, amount, wrap);
        results.add(target, scenario, client.id, outcome);
      }
    }
  }
}

/** The server compiles itself in its first seconds, which are no client's fault. */
async function warmUp(
  clients: readonly BenchClient[],
  targets: readonly Target[],
  options: BenchOptions,
) {
  const [get] = scenarios as readonly [Scenario];
  const [client] = clients;
  for (const target of targets) {
    if (client !== undefined) await measure(client, target, get, options.amount);
  }
}

async function bench(options: BenchOptions): Promise<void> {
  const machine = describeMachine();
  const clients = await prepareClients(options);
  const targets = await startTargets(options);
  const chosen = scenarios.filter(({ id }) => options.only.includes(id));
  const results = new Results();
  try {
    await warmUp(clients, targets, options);
    for (let round = 0; round < options.runs; round += 1) {
      say(`round ${round + 1} of ${options.runs}`);
      await measureRound(round, clients, targets, chosen, options, results);
    }
  } finally {
    await Promise.all(targets.map((target) => target.stop()));
  }
  const ids = clients.map(({ id }) => id);
  const rows = targets.flatMap((target) =>
    chosen
      .filter((scenario) => scenario.targets.includes(target.id))
      .flatMap((scenario) => results.rows(target, scenario, ids)),
  );
  const report: Report = {
    machine,
    options,
    clients: clients.map(({ id, title, version }) => ({ id, title, version })),
    targets: Object.fromEntries(targets.map(({ id, title }) => [id, title])),
    rows,
  };
  process.stdout.write(formatReport(report));
  if (options.json !== undefined) {
    writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
  }
  if (options.svg !== undefined) writeCharts(options.svg, report);
}

process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(143));
const options = orUsage(USAGE, () => parseOptions(process.argv.slice(2)));
if (options === undefined) process.stdout.write(USAGE);
else await bench(options);
