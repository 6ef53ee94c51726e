/** Connect, create a node, read it, and see what the server knows about it. */
import { connect } from 'libzookeeper';

const conn = await connect(process.argv[2] ?? '127.0.0.1:2181');
console.log(`connected to ${conn.currentServer}`);

await conn.create('/example-read', 'Grüße');
const { data } = await conn.get('/example-read'); // bytes, as they are
const { data: text, stat } = await conn.get('/example-read', { encoding: 'utf8' });
console.log(`${data.length} bytes: ${text}`);
console.log(`version ${stat.version}, created ${stat.ctime.toISOString()}`);

await conn.set('/example-read', 'Servus', stat.version); // only if nobody was faster
const { children } = await conn.children('/');
console.log(`in the root: ${children.sort().join(' ')}`);

await conn.delete('/example-read');
console.log(`exists: ${(await conn.exists('/example-read')) !== null}`);
await conn.close();
