import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { runChild } from '../support/child.js';
import { startEnsemble } from '../support/ensemble.js';
import { startServer } from '../support/server.js';
import { ensurePeer } from './peer/ensure.mjs';

/*
 * The same script, run with the original and with ours against a real server: every callback's arguments,
 * every event, every rejection must be the same. What differs on purpose is in differences.test.ts.
 */

/** What a scenario saw with one implementation. */
interface Outcome {
  readonly name: string;
  readonly records: unknown[];
  readonly failure: string | null;
}

const runner = new URL('./support/run-scenarios.mjs', import.meta.url);
const directory = new URL('./scenarios/', import.meta.url);

let address: string;

beforeAll(async () => {
  await ensurePeer();
  const server = await startServer({ zooCfg: { reconfigEnabled: true } });
  address = server.address;
}, 300_000);

async function run(
  implementation: string,
  file: string,
  server: string,
): Promise<Map<string, Outcome>> {
  const script = fileURLToPath(new URL(file, directory));
  const result = await runChild(runner, [implementation, script, server], { timeout: 60_000 });
  const outcomes = result.stdout
    .split('\n')
    .filter((line) => line.startsWith('outcome: '))
    .map((line) => JSON.parse(line.slice('outcome: '.length)) as Outcome);
  if (result.code !== 0) {
    throw new Error(
      `${implementation} died in ${file} after ${outcomes.at(-1)?.name}: ${result.stderr}`,
    );
  }
  return new Map(outcomes.map((outcome) => [outcome.name, outcome]));
}

for (const file of readdirSync(directory)) {
  const { scenarios } = (await import(new URL(file, directory).href)) as { scenarios: object };

  describe(file.replace('.mjs', ''), () => {
    let original: Map<string, Outcome>;
    let ours: Map<string, Outcome>;

    beforeAll(async () => {
      if (file === 'ensembles.mjs') {
        // One after the other: an ensemble takes one change of its configuration at a time.
        const ensemble = await startEnsemble();
        original = await run('original', file, ensemble.address);
        ours = await run('ours', file, ensemble.address);
        return;
      }
      [original, ours] = await Promise.all([
        run('original', file, address),
        run('ours', file, address),
      ]);
    }, 120_000);

    it.each(Object.keys(scenarios))('%s', (name) => {
      expect(original.get(name)?.failure).toBeNull();
      expect(ours.get(name)).toEqual(original.get(name));
    });
  });
}
