// A worker thread of the soak: connects, works, and goes on until it is terminated.
import { parentPort, workerData } from 'node:worker_threads';
import { connect } from 'libzookeeper';

const conns = await Promise.all(
  Array.from({ length: 3 }, () => connect(workerData.servers, { sessionTimeout: 4000 })),
);
parentPort.postMessage('connected');
for (;;) {
  await Promise.all(
    conns.map(async (conn) => {
      const { watch } = await conn.existsW('/nothing');
      await conn.get('/').catch(() => {});
      await watch.cancel();
    }),
  );
}
