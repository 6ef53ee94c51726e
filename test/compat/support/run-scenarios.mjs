/*
 * Runs the scenarios of a file with one implementation, one after the other, and writes what each of them
 * saw: `node run-scenarios.mjs IMPLEMENTATION FILE SERVER`. A line of JSON each.
 */
import { writeSync } from 'node:fs';
import { load } from './implementation.mjs';
import { Scenario } from './scenario.mjs';

const LONGEST = 8000;

const [implementation, file, server] = process.argv.slice(2);
const ZooKeeper = load(implementation);
const { scenarios } = await import(file);

let current;
process.on('uncaughtException', (error) => current?.record('uncaught', error));
process.on('unhandledRejection', (error) => current?.record('unhandled', error));

async function run(name, play) {
  current = new Scenario(ZooKeeper, server);
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error('the scenario did not end')), LONGEST);
  });
  let failure = null;
  try {
    await Promise.race([play(current), late]);
  } catch (error) {
    failure = String(error.stack);
  }
  clearTimeout(timer);
  const { records } = current;
  await current.end();
  writeSync(1, `outcome: ${JSON.stringify({ name, records, failure })}\n`);
}

for (const [name, play] of Object.entries(scenarios)) await run(name, play);
process.exit(0);
