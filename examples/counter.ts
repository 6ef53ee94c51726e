/** A counter that many may increment at once: retryChange reads, changes, and writes if nobody was faster. */
import { connect } from 'libzookeeper';

const server = process.argv[2] ?? '127.0.0.1:2181';
const conns = await Promise.all([connect(server), connect(server), connect(server)]);

let calls = 0;
await Promise.all(
  conns.map(async (conn) => {
    for (let i = 0; i < 10; i += 1) {
      // Called again when somebody else was faster, so it only computes.
      await conn.retryChange('/example-counter', (old) => {
        calls += 1;
        return String(Number(old.toString()) + 1); // a missing node is an empty Buffer: 0
      });
    }
  }),
);

const [conn] = conns;
const result = await conn?.get('/example-counter', { encoding: 'utf8' });
console.log(`counted to ${result?.data}, in ${calls} attempts`);
await conn?.delete('/example-counter');
await Promise.all(conns.map((each) => each.close()));
