/* Ends in the middle of a handshake that nobody answers, in the way that its argument says. */
import { createServer } from 'node:net';
import { Worker } from 'node:worker_threads';
import { dial } from 'libzookeeper';

const [how] = process.argv.slice(2);
const options = { tls: { rejectUnauthorized: false }, sessionTimeout: 60_000 };

const silent = createServer();
await new Promise((resolve) => silent.listen(0, '127.0.0.1', resolve));
const address = `127.0.0.1:${silent.address().port}`;
const helloCame = new Promise((resolve) => {
  silent.on('connection', (socket) => {
    socket.on('error', () => {});
    socket.once('data', resolve);
  });
});

if (how === 'exit') {
  dial(address, options);
  await helloCame;
  process.stdout.write('done\n');
  process.exit(0);
}
const code = `
  import('libzookeeper').then(({ dial }) => {
    dial(${JSON.stringify(address)}, ${JSON.stringify(options)});
  });
`;
const worker = new Worker(code, { eval: true });
await helloCame;
const started = performance.now();
await worker.terminate();
if (performance.now() - started > 3000) throw new Error('the worker took its time');
silent.close();
process.stdout.write('done\n');
process.exit(0);
