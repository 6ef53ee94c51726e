import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from './report.js';
import { type Row, timesBetter } from './results.js';
import { type BarChart, drawBarChart, type Group } from './svg.js';
import { formatNumber } from './table.js';

/** What a chart shows: rows of one target and one metric, or of one scenario. */
interface Subject {
  readonly file: string;
  readonly title: string;
  readonly subtitle: string;
  readonly takes: (row: Row) => boolean;
  readonly groupTitle: (row: Row) => string;
}

const byScenario = (row: Row): string => row.scenario.title;
const byMetric = (row: Row): string => `${row.scenario.title}: ${row.metric.title}`;

function subjects(targets: Readonly<Record<string, string>>): Subject[] {
  return Object.entries(targets).flatMap(([target, name]) => [
    {
      file: `throughput-${target}.svg`,
      title: `Throughput, ${name}`,
      subtitle: 'operations a second; more is better',
      takes: (row: Row) => row.target === target && row.metric.id === 'opsPerSecond',
      groupTitle: byScenario,
    },
    {
      file: `cpu-${target}.svg`,
      title: `Processor time for each operation, ${name}`,
      subtitle: 'microseconds, all threads of the client; less is better',
      takes: (row: Row) => row.target === target && row.metric.id === 'cpuPerOp',
      groupTitle: byScenario,
    },
    {
      file: `latency-${target}.svg`,
      title: `Latency, ${name}`,
      subtitle: 'less is better; the event loop’s delay in milliseconds',
      takes: (row: Row) =>
        row.target === target && ['p50', 'p99', 'loopDelayP99'].includes(row.metric.id),
      groupTitle: (row: Row) => `${byMetric(row)} (${row.metric.unit})`,
    },
    {
      file: `watches-${target}.svg`,
      title: `Very many watches, ${name}`,
      subtitle: 'less is better',
      takes: (row: Row) => row.target === target && row.scenario.id.startsWith('watch-'),
      groupTitle: (row: Row) => `${byMetric(row)} (${row.metric.unit})`,
    },
  ]);
}

function toGroup(row: Row, title: string, clients: Report['clients']): Group {
  const ours = row.cells['ours'];
  const bars = clients.flatMap(({ id, title: label }) => {
    const cell = row.cells[id];
    if (cell === undefined || 'none' in cell) return [];
    const times = id === 'ours' ? undefined : timesBetter(row.metric, ours, cell);
    const ratio = times === undefined ? '' : `  (ours ${times.toFixed(1)}×)`;
    const text = formatNumber(cell.median) + ratio;
    return [{ label, value: cell.median, text, isOurs: id === 'ours' }];
  });
  return { title, bars };
}

/** Writes the charts that there are numbers for into a directory. */
export function writeCharts(directory: string, report: Report): void {
  mkdirSync(directory, { recursive: true });
  const { cores, node } = report.machine;
  const { runs, amount } = report.options;
  const footnote = `medians of ${runs} runs, ${amount.depth} in flight; ${cores} cores for client and server; Node.js ${node}`;
  for (const { file, title, subtitle, takes, groupTitle } of subjects(report.targets)) {
    const groups = report.rows
      .filter(takes)
      .map((row) => toGroup(row, groupTitle(row), report.clients))
      .filter(({ bars }) => bars.length > 0);
    if (groups.length === 0) continue;
    const chart: BarChart = { title, subtitle, groups, footnote };
    writeFileSync(join(directory, file), drawBarChart(chart));
  }
}
