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
  connections: 1,
  warmUp: 0,
  duration: 0,
};

/** A probe's arguments, `name=value` as those of a driver. Ends the process where they make no sense. */
export function parseProbe(args: readonly string[]): Omit<Task, 'address'> {
  const given = parseTask(args);
  for (const [name, value] of Object.entries(given)) {
    if (name in DEFAULTS && !Number.isNaN(value)) continue;
    const names = Object.keys(DEFAULTS).join(', ');
    process.stderr.write(`arguments are name=value, numbers where they are numbers: ${names}\n`);
    process.exit(2);
  }
  return { ...DEFAULTS, ...given };
}
