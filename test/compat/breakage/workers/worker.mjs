import { parentPort, workerData } from 'node:worker_threads';
import { load } from '../../support/implementation.mjs';

const ZooKeeper = load(workerData.implementation);

for (let round = 0; round < 3; round += 1) {
  const client = new ZooKeeper({ connect: workerData.server, timeout: 5000, debug_level: 0 });
  await new Promise((resolve) => {
    client.once('connect', resolve);
    client.init({});
  });
  const path = await client.create('/worker-', 'x', 3);
  for (let i = 0; i < 25; i += 1) await client.set(path, `${i}`, -1);
  client.close();
}
parentPort.postMessage('worked');
