/**
 * A pool of workers that elect a leader, which hands tasks out; when it leaves, another one leads. It runs on npm's
 * `zookeeper` and on `libzookeeper/compat` alike: client.ts has the import.
 *
 * `tsx worker-pool.ts 127.0.0.1:2181`
 */
import { connected, constants, mkdirp, remove, type ZooKeeper } from './client.js';
import { places, root } from './pool/places.js';
import { Worker } from './pool/worker.js';
import { watchChildren } from './watch-children.js';

const servers = process.argv[2] ?? '127.0.0.1:2181';

/** Hands tasks in. */
async function submit(client: ZooKeeper, tasks: readonly string[]): Promise<void> {
  for (const task of tasks) {
    await client.create(`${places.tasks}/task-`, task, constants.ZOO_PERSISTENT_SEQUENTIAL);
  }
}

/** Resolves to the results, when there are so many. */
function results(client: ZooKeeper, count: number): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const stop = watchChildren(client, places.done, (names) => {
      if (names.length < count) return;
      stop();
      const reads = names.map(async (name) => {
        const [, data] = await client.get(`${places.done}/${name}`, false);
        return data.toString();
      });
      Promise.all(reads).then(resolve, reject);
    });
  });
}

/** Resolves to the next leader's name. */
let onLead: (name: string) => void = () => {};
const nextLeader = (): Promise<string> =>
  new Promise((resolve) => {
    onLead = resolve;
  });

const clerk = await connected(servers);
for (const place of Object.values(places)) await mkdirp(clerk, place);

const first = nextLeader();
const workers: Worker[] = [];
for (const name of ['ada', 'grace', 'edith']) {
  workers.push(await Worker.join(servers, name, (leader) => onLead(leader)));
}
console.log(`${await first} leads`);

await submit(clerk, ['one', 'two', 'three', 'four']);
console.log(`done: ${(await results(clerk, 4)).join(' ')}`);

const second = nextLeader();
workers.shift()?.leave();
console.log(`${await second} leads`);

await submit(clerk, ['five', 'six']);
console.log(`done: ${(await results(clerk, 6)).join(' ')}`);

for (const worker of workers) worker.leave();
await remove(clerk, root);
clerk.close();
