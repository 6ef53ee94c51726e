// Makes so many requests that the counter of requests passes its largest number, with watches and pings among them:
//   xid-wrap.mjs ADDRESS REQUESTS
// Prints how many were answered with what they asked for, what became of the watch, and each state of the session.
import { connect } from 'libzookeeper';

const [address, requests] = process.argv.slice(2);
const conn = await connect(address, { sessionTimeout: 3000 });
const states = [];
conn.on('session', (event) => states.push(event.state));

await conn.create('/wrap', '0');
const { watch } = await conn.getW('/wrap');
const gets = await Promise.all(
  Array.from({ length: Number(requests) }, async (_, i) => {
    const { version } = i === Number(requests) / 2 ? await conn.set('/wrap', '1') : {};
    return version ?? (await conn.get('/wrap')).stat.version;
  }),
);
const event = await watch.receive();
await conn.addAuth('digest', 'user:password');
await conn.delete('/wrap');
await conn.close();
console.log(JSON.stringify({ answered: gets.length, event: event.path, states }));
