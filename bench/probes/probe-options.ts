import { parseTask, type Task } from '../drivers/task.js';
import { nodes, SMALL } from '../nodes.js';

/** What probes do unless they are told otherwise. */
const DEFAULTS: Omit<Task, 'address'> = {
  scenario: 'throughput',
  operation: 'get',
  path: nodes.small,
  depth: 256,
  size: SMALL,
  count: 20_000,
  warmUp: 0,
  duration: 0,
};

/** A probe's arguments, `name=value` as those of a driver. */
export function parseProbe(args: readonly string[]): Omit<Task, 'address'> {
  return { ...DEFAULTS, ...parseTask(args) };
}
