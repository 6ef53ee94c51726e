/** Who is there? Each member has an ephemeral node, which goes when its session does. */
import { type Conn, CreateFlag, connect } from 'libzookeeper';

const server = process.argv[2] ?? '127.0.0.1:2181';
const observer = await connect(server);
await observer.create('/example-members');

async function join(name: string): Promise<Conn> {
  const conn = await connect(server);
  await conn.create(`/example-members/${name}`, '', { flags: CreateFlag.EPHEMERAL });
  return conn;
}

async function show() {
  const { children, watch } = await observer.childrenW('/example-members');
  console.log(`members: ${children.sort().join(' ') || 'none'}`);
  return watch;
}

const members = [await join('ada'), await join('grace')];
for (const member of members) {
  const watch = await show();
  await member.close(); // a crash does the same, once the session timeout is over
  console.log(String(await watch.receive()));
}
await (await show()).cancel();
await observer.delete('/example-members');
await observer.close();
