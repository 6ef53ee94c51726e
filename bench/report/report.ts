import type { BenchClient } from '../clients.js';
import type { BenchOptions } from '../options.js';
import type { Machine } from './machine.js';
import type { Row } from './results.js';
import { formatTable } from './table.js';

/** All that a bench came to. */
export interface Report {
  readonly machine: Machine;
  readonly options: BenchOptions;
  readonly clients: readonly Pick<BenchClient, 'id' | 'title' | 'version'>[];
  /** Their titles, by id. */
  readonly targets: Readonly<Record<string, string>>;
  readonly rows: readonly Row[];
}

/** The report for a terminal. */
export function formatReport(report: Report): string {
  const { machine, options, clients, targets, rows } = report;
  const { amount, runs } = options;
  const columns = clients.map(({ id, title, version }) => ({ id, title: `${title} ${version}` }));
  return [
    `${machine.cores} cores (${machine.cpu}), ${machine.memoryGiB} GiB, kernel ${machine.kernel}, Node.js ${machine.node}, load before ${machine.loadBefore}`,
    `medians of ${runs} runs of ${amount.duration} ms, ${amount.depth} in flight, ${amount.watches} watches; ± is half the range; n× is how many times better ours is`,
    formatTable(rows, columns, targets),
    '',
  ].join('\n');
}
