/**
 * `tsx bench/probes/wake-ups.ts [name=value …]`: how often the JavaScript thread is woken, called into, and how much it
 * allocates, for each operation; a line of JSON.
 */
import { join } from 'node:path';
import { buildDrivers } from '../build/drivers.js';
import { run } from '../build/run.js';
import { taskArguments } from '../drivers/task.js';
import { WireStub } from '../targets/wire-stub.js';
import { parseProbe } from './probe-options.js';

/** So large a nursery that it is never collected: then all that was allocated is still there, and is the heap's growth. */
const NO_GC = ['--max-semi-space-size=512', '--min-semi-space-size=512'];

const options = parseProbe(process.argv.slice(2));
const stub = await WireStub.start();
try {
  const driver = join(buildDrivers(), 'counted.js');
  const words = taskArguments({ ...options, address: stub.address });
  process.stdout.write(await run(process.execPath, [...NO_GC, driver, ...words]));
} finally {
  await stub.stop();
}
