/*
 * Runs one script of breakage/ with one implementation: `node run-breakage.mjs IMPLEMENTATION FILE JSON`, where
 * the JSON is what the script is given. Writes what it comes to as its last line.
 */
import { writeSync } from 'node:fs';
import { load } from './implementation.mjs';

const [implementation, file, given] = process.argv.slice(2);
const { default: play } = await import(file);

/** A client that is connected. */
function open(ZooKeeper, connect, config = {}) {
  return new Promise((resolve) => {
    const client = new ZooKeeper({ connect, timeout: 5000, debug_level: 0, ...config });
    client.once('connect', () => resolve(client));
    client.init({});
  });
}

const ZooKeeper = load(implementation);
const outcome = await play({
  implementation,
  ZooKeeper,
  open: (connect, config) => open(ZooKeeper, connect, config),
  ...JSON.parse(given),
});
writeSync(1, `outcome: ${outcome}\n`);
process.exit(0);
