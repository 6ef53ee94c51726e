/**
 * A workload by name, where /etc/hosts is a file of the test's: does what it is told on its input, a word a line, and says what
 * came of it.
 *
 *   names.ts SERVERS SEED
 *   progress   waits until more calls are answered
 *   verify     looks whether everything is as it must be
 */
import { createInterface } from 'node:readline';
import { Random } from '../../support/random.js';
import { Workload } from '../workload/workload.js';

const [servers = '', seed = ''] = process.argv.slice(2);
const workload = await Workload.start({ servers, sessionTimeout: 6000 }, new Random(Number(seed)));

const commands: Readonly<Record<string, () => Promise<void>>> = {
  progress: () => workload.progress(50),
  verify: () => workload.verify(),
};

for await (const command of createInterface({ input: process.stdin })) {
  const result = await commands[command]?.().then(
    () => 'done',
    (error) => String(error),
  );
  console.log(`${command}: ${result}`);
  if (command === 'verify') break;
}
process.stdin.destroy();
