import type { Cell, Row } from './results.js';
import { timesBetter } from './results.js';

/** A number with three digits that matter, and thousands set apart. */
export function formatNumber(value: number): string {
  const size = Math.abs(value);
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
  const [whole = '', fraction] = value.toFixed(digits).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ' ');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

function formatCell(row: Row, cell: Cell, ours: Cell | undefined): string {
  if ('none' in cell) return cell.none;
  const spread = `±${Math.round(100 * cell.spread)} %`;
  const times = cell === ours ? undefined : timesBetter(row.metric, ours, cell);
  const ratio = times === undefined ? '' : ` ${times.toFixed(times < 10 ? 2 : 1)}×`;
  return `${formatNumber(cell.median)} ${spread}${ratio}`;
}

const LONGEST_CELL = 28;

const cut = (text: string): string =>
  text.length > LONGEST_CELL ? `${text.slice(0, LONGEST_CELL - 1)}…` : text;

/**
 * The table for a terminal: a line for each metric, a column for each client, a heading for each target. `2.00×` says that
 * ours is twice as good.
 */
export function formatTable(
  rows: readonly Row[],
  clients: readonly { readonly id: string; readonly title: string }[],
  titles: Readonly<Record<string, string>>,
): string {
  const lines: (readonly string[] | string)[] = [];
  let target: string | undefined;
  let scenario: string | undefined;
  for (const row of rows) {
    if (row.target !== target) lines.push('', titles[row.target] ?? row.target);
    const isNew = row.target !== target || row.scenario.id !== scenario;
    ({ target } = row);
    scenario = row.scenario.id;
    const ours = row.cells['ours'];
    const cells = clients.map(({ id }) => cut(formatCell(row, row.cells[id] as Cell, ours)));
    const unit = `${row.metric.title}, ${row.metric.unit}`;
    lines.push([isNew ? row.scenario.title : '', unit, ...cells]);
  }
  const header = ['', '', ...clients.map(({ title }) => title)];
  return layOut([header, ...lines]);
}

function layOut(lines: readonly (readonly string[] | string)[]): string {
  const widths: number[] = [];
  for (const line of lines) {
    if (typeof line === 'string') continue;
    line.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
    });
  }
  return lines
    .map((line) => {
      if (typeof line === 'string') return line;
      const [first = '', second = '', ...cells] = line;
      const left = `  ${first.padEnd(widths[0] ?? 0)}  ${second.padEnd(widths[1] ?? 0)}`;
      const right = cells.map((cell, column) => cell.padStart(widths[column + 2] ?? 0));
      return [left, ...right].join('  ').trimEnd();
    })
    .join('\n');
}
