/** Keep up with a configuration node: read it and watch it in one request, again after each change. */
import { type Conn, connect } from 'libzookeeper';

async function* configurations(conn: Conn, path: string): AsyncGenerator<unknown> {
  for (;;) {
    const { data, watch } = await conn.getW(path, { encoding: 'utf8' });
    yield JSON.parse(data);
    const event = await watch.receive();
    // A watch also ends with its session: then nothing is known about the node.
    if (!event.ok) throw new Error(String(event));
  }
}

const server = process.argv[2] ?? '127.0.0.1:2181';
const [conn, admin] = await Promise.all([connect(server), connect(server)]);
await admin.create('/example-config', '{"workers":1}');

let workers = 1;
for await (const config of configurations(conn, '/example-config')) {
  console.log('configuration:', config);
  workers += 1;
  if (workers > 3) break;
  await admin.set('/example-config', JSON.stringify({ workers }));
}
await admin.delete('/example-config');
await Promise.all([conn.close(), admin.close()]);
