// Makes more requests than the socket takes, of a server that is frozen once `connected` is printed, and waits until the
// connection is lost for it:
//   reused-descriptor.mjs ADDRESS
import { connect, State } from 'libzookeeper';

const conn = await connect(process.argv[2], { sessionTimeout: 2000 });
console.log('connected');
await new Promise((resolve) => process.stdin.once('data', resolve));
const lost = new Promise((resolve) => {
  conn.on('session', ({ state }) => {
    if (state === State.CONNECTING) resolve();
  });
});
const megabyte = Buffer.alloc(1_000_000);
const sets = Array.from({ length: 20 }, () => conn.set('/', megabyte));
await Promise.all([lost, ...sets.map((set) => set.catch(() => {}))]);
process.exit();
