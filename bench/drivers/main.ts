/**
 * A process with one client under test: `node main.js CLIENT PEERS name=value …` does one task, and says what came of it in
 * lines of JSON. The program in bench/c-client does the same for the plain C client.
 */
import type { Client } from './client.js';
import { runLatency } from './latency.js';
import { type Message, parseTask, type ScenarioKind, say, type Task } from './task.js';
import { runThroughput } from './throughput.js';
import { runWatchMemory, runWatchReturn } from './watches.js';

const scenarios: Readonly<
  Record<ScenarioKind, (clients: [Client, ...Client[]], task: Task) => Promise<Message>>
> = {
  throughput: runThroughput,
  latency: runLatency,
  'watch-memory': runWatchMemory,
  'watch-return': runWatchReturn,
};

/** How long the session's end may take, in milliseconds. */
const LONGEST_CLOSE = 5000;

/** Loads the client's module, and no other client's. */
async function create(name: string, peers: string): Promise<Client> {
  switch (name) {
    case 'ours':
      return new (await import('./ours.js')).Ours();
    case 'node-zookeeper-client':
      return new (await import('./node-zookeeper-client.js')).NodeZooKeeperClient(peers);
    case 'zookeeper':
      return new (await import('./npm-zookeeper.js')).NpmZooKeeper(peers);
    default:
      throw new Error(`no such client: ${name}`);
  }
}

const [name = '', peers = '', ...words] = process.argv.slice(2);
const task = parseTask(words);
const clients: [Client, ...Client[]] = [await create(name, peers)];
while (clients.length < (task.connections ?? 1)) clients.push(await create(name, peers));
await Promise.all(clients.map((client) => client.connect(task.address, task.ca)));
say(await scenarios[task.scenario](clients, task));
// Its watches are counted on the server now. It is killed then.
if (task.scenario === 'watch-return') await new Promise(() => setInterval(() => {}, LONGEST_CLOSE));
// Not every client comes to an end, against a server that it was cut off from.
const deadline = setTimeout(() => process.exit(), LONGEST_CLOSE);
await Promise.all(clients.map((client) => client.close()));
clearTimeout(deadline);
process.exit();
