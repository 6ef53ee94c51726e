import { orUsage, UsageError } from '../command-line.js';
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

const USAGE = `arguments are name=value, numbers where they are numbers: ${Object.keys(DEFAULTS).join(', ')}\n`;

/** A probe's arguments, `name=value` as those of a driver. Ends the process where they make no sense. */
export function parseProbe(args: readonly string[]): Omit<Task, 'address'> {
  return orUsage(USAGE, () => {
    const odd = args.find((argument) => !argument.includes('='));
    if (odd !== undefined) throw new UsageError(`no value: ${odd}`);
    const given = parseTask(args);
    for (const [name, value] of Object.entries(given)) {
      if (!(name in DEFAULTS)) throw new UsageError(`no "${name}"`);
      if (Number.isNaN(value)) throw new UsageError(`${name} must be a number`);
    }
    return { ...DEFAULTS, ...given };
  });
}
