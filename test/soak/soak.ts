/**
 * `npm run soak -- --minutes N [--seed S] [--out DIRECTORY]`: connections, operations, watches and faults at random, over a real
 * server, round after round; between rounds everything is closed, and what the process has left is looked at. Ends with an error
 * when a round finds something amiss, when memory, descriptors, threads or pending watches are not flat after the warm-up, or
 * when there were too few rounds to tell.
 * Writes soak.json and soak.svg.
 */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Server } from 'libzookeeper';
import { drawLineChart } from '../../bench/report/line-chart.js';
import { Random } from '../support/random.js';
import { canJudge, judge } from './judgement.js';
import { playRound } from './round.js';
import { type Quantity, type Sample, takeSample } from './samples.js';

/** A server's memory has an end, and the nodes that rounds leave have none. */
const ROUNDS_OF_SERVER = 10;

const titles: Readonly<Record<Quantity, string>> = {
  residentMiB: 'resident memory, MiB',
  heapMiB: 'heap of V8, MiB',
  externalMiB: 'memory of buffers, MiB',
  descriptors: 'descriptors',
  threads: 'threads',
  watches: 'pending watches',
};

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
    out: { type: 'string', default: 'build/soak' },
  },
});
const minutes = Number(values.minutes);
if (!(minutes > 0))
  throw new RangeError(`--minutes must be a number above 0, not ${values.minutes}`);
if (globalThis.gc === undefined)
  throw new Error('run this as `npm run soak`: it needs --expose-gc');

const random = new Random(Number(values.seed));
const directory = mkdtempSync(join(realpathSync(tmpdir()), 'libzookeeper-soak-'));
mkdirSync(values.out, { recursive: true });
console.log(`${minutes} minutes, seed ${values.seed}`);

const begin = performance.now();
const elapsed = (): number => (performance.now() - begin) / 1000;
const samples: Sample[] = [];
let calls = 0;
let server: Server | undefined;

function write(): void {
  writeFileSync(
    join(values.out, 'soak.json'),
    `${JSON.stringify({ seed: values.seed, calls, samples }, null, 1)}\n`,
  );
  const lines = (Object.keys(titles) as Quantity[]).map((quantity) => ({
    title: titles[quantity],
    values: samples.map((sample) => sample[quantity]),
  }));
  const subtitle = `${Math.round(elapsed() / 60)} minutes, ${samples.length} rounds, ${calls} calls; between rounds, with nothing open`;
  writeFileSync(join(values.out, 'soak.svg'), drawLineChart({ title: 'Soak', subtitle, lines }));
}

/** Says what it comes to, in the last line. @returns the exit code: 0 for flat, 1 for not flat, 2 where it was too short to tell */
function conclude(): 0 | 1 | 2 {
  if (!canJudge(samples)) {
    console.log(`not judged: ${samples.length} rounds are too few`);
    return 2;
  }
  const verdicts = judge(samples);
  console.table(verdicts);
  const growing = verdicts.filter(({ isFlat }) => !isFlat).map(({ quantity }) => titles[quantity]);
  console.log(growing.length === 0 ? 'flat' : `not flat: ${growing.join('; ')}`);
  return growing.length === 0 ? 0 : 1;
}

try {
  for (let round = 0; elapsed() < 60 * minutes; round += 1) {
    if (round % ROUNDS_OF_SERVER === 0) {
      await server?.destroy();
      server = await Server.create({
        port: 0,
        runDir: join(directory, String(round)),
        zooCfg: { tickTime: 500, minSessionTimeout: 500, maxClientCnxns: 0 },
        jvmProperties: { 'zookeeper.forceSync': 'no' },
      });
      await server.start();
    }
    const { faults, resolved, rejected } = await playRound(server as Server, random);
    calls += resolved + rejected;
    samples.push(await takeSample(elapsed()));
    const { residentMiB, descriptors, threads } = samples.at(-1) as Sample;
    console.log(
      `${Math.round(elapsed())} s, round ${round + 1}: ${faults.join(', ')}; ${resolved} calls resolved, ${rejected} rejected; ${residentMiB} MiB, ${descriptors} descriptors, ${threads} threads`,
    );
    write();
  }
  process.exitCode = conclude();
} finally {
  await server?.destroy();
  rmSync(directory, { recursive: true, force: true });
}
