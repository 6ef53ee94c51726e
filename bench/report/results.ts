import type { Outcome } from '../measure.js';
import type { Metric, Scenario } from '../scenarios.js';
import type { Target } from '../targets/target.js';
import { type Summary, summarize } from './stats.js';

/** A client's number, or the reason why there is none. */
export type Cell = Summary | { readonly none: string };

/** One line of the table: one metric of one scenario against one target, for each client. */
export interface Row {
  readonly target: string;
  readonly scenario: Pick<Scenario, 'id' | 'title'>;
  readonly metric: Metric;
  /** By client. */
  readonly cells: Readonly<Record<string, Cell>>;
}

const keyOf = (target: Target, scenario: Scenario, client: string): string =>
  `${target.id} ${scenario.id} ${client}`;

/** Collects the outcomes of single runs. */
export class Results {
  readonly #outcomes = new Map<string, Outcome[]>();

  add(target: Target, scenario: Scenario, client: string, outcome: Outcome): void {
    const key = keyOf(target, scenario, client);
    const list = this.#outcomes.get(key) ?? [];
    list.push(outcome);
    this.#outcomes.set(key, list);
  }

  /** Whether a client once could not do what it was to do: it need not be asked again. */
  isHopeless(target: Target, scenario: Scenario, client: string): boolean {
    const outcomes = this.#outcomes.get(keyOf(target, scenario, client)) ?? [];
    return outcomes.some((outcome) => 'none' in outcome);
  }

  rows(target: Target, scenario: Scenario, clients: readonly string[]): Row[] {
    return scenario.metrics.map((metric) => {
      const cells = clients.map((client) => {
        const outcomes = this.#outcomes.get(keyOf(target, scenario, client)) ?? [];
        return [client, cellOf(metric, outcomes)] as const;
      });
      const { id, title } = scenario;
      return {
        target: target.id,
        scenario: { id, title },
        metric,
        cells: Object.fromEntries(cells),
      };
    });
  }
}

/** One run without a number is a client without one: it did not do what the others did. */
function cellOf(metric: Metric, outcomes: readonly Outcome[]): Cell {
  const values: number[] = [];
  for (const outcome of outcomes) {
    if ('none' in outcome) return { none: outcome.none };
    const value = outcome.values[metric.id];
    if (value !== undefined) values.push(value);
  }
  return values.length === 0 ? { none: '–' } : summarize(values);
}

/** How many times better the first is than the other; undefined where one has no number. */
export function timesBetter(
  metric: Metric,
  first: Cell | undefined,
  other: Cell,
): number | undefined {
  if (first === undefined || 'none' in first || 'none' in other) return undefined;
  if (first.median <= 0 || other.median <= 0) return undefined;
  return metric.better === 'more' ? first.median / other.median : other.median / first.median;
}
