/** A queue: sequential nodes keep the order; whoever manages to delete one has taken it. */
import { type Conn, CreateFlag, connect, ErrorCode, isError } from 'libzookeeper';

async function take(conn: Conn, queue: string): Promise<string | null> {
  const { children } = await conn.children(queue);
  for (const name of children.sort()) {
    try {
      const { data, stat } = await conn.get(`${queue}/${name}`, { encoding: 'utf8' });
      await conn.delete(`${queue}/${name}`, stat.version);
      return data;
    } catch (error) {
      if (!isError(error, ErrorCode.ZNONODE)) throw error; // taken by somebody else
    }
  }
  return null;
}

const server = process.argv[2] ?? '127.0.0.1:2181';
const [producer, consumer] = await Promise.all([connect(server), connect(server)]);
await producer.create('/example-queue');
for (const job of ['wash', 'dry', 'fold']) {
  await producer.create('/example-queue/job-', job, { flags: CreateFlag.SEQUENCE });
}
for (let job = await take(consumer, '/example-queue'); job !== null; ) {
  console.log(`took ${job}`);
  job = await take(consumer, '/example-queue');
}
await producer.delete('/example-queue');
await Promise.all([producer.close(), consumer.close()]);
