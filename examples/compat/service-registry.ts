/**
 * A registry of services: instances register under ephemeral nodes, and whoever uses the service is told when one comes,
 * moves or goes. It runs on npm's `zookeeper` and on `libzookeeper/compat` alike: client.ts has the import.
 *
 * `tsx service-registry.ts 127.0.0.1:2181`
 */
import { connected, mkdirp, remove } from './client.js';
import { Directory } from './registry/directory.js';
import { Instance, root } from './registry/instance.js';

const servers = process.argv[2] ?? '127.0.0.1:2181';

const user = await connected(servers);
await mkdirp(user, `${root}/search`);

let known: string[] = [];
let onChange: () => void = () => {};
const directory = new Directory(user, 'search', (addresses) => {
  known = addresses;
  onChange();
});

/** Resolves when these are the addresses. */
async function until(...addresses: readonly string[]): Promise<void> {
  while (known.join() !== addresses.join()) {
    await new Promise<void>((resolve) => {
      onChange = resolve;
    });
  }
  console.log(`search is at ${known.join(' and ') || 'no address'}`);
}

const one = await Instance.register(servers, 'search', '10.0.0.1:80');
await until('10.0.0.1:80');

const two = await Instance.register(servers, 'search', '10.0.0.2:80');
await until('10.0.0.1:80', '10.0.0.2:80');

await two.move('10.0.0.3:80');
await until('10.0.0.1:80', '10.0.0.3:80');

one.close();
await until('10.0.0.3:80');

two.close();
await until();

directory.close();
await remove(user, root);
user.close();
