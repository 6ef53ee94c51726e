/** Four workers at once, each with a client that writes and reads. */
import { Worker } from 'node:worker_threads';

const script = new URL('./workers/worker.mjs', import.meta.url);

export default async function play({ implementation, server }) {
  const codes = await Promise.all(
    Array.from({ length: 4 }, () => {
      const worker = new Worker(script, { workerData: { implementation, server } });
      return new Promise((resolve) => {
        let result = 'said nothing';
        worker.on('message', (message) => {
          result = message;
        });
        worker.on('error', (error) => resolve(error.message));
        worker.on('exit', () => resolve(result));
      });
    }),
  );
  return codes.join(', ');
}
