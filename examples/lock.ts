/** A lock, a sketch: the lowest number holds it; everybody else waits for the one ahead to go. */
import { type Conn, CreateFlag, connect } from 'libzookeeper';

const flags = CreateFlag.EPHEMERAL | CreateFlag.SEQUENCE;

async function withLock(conn: Conn, lock: string, work: () => Promise<void>): Promise<void> {
  const mine = await conn.create(`${lock}/lock-`, '', { flags });
  for (;;) {
    const { children } = await conn.children(lock);
    const paths = children.map((name) => `${lock}/${name}`).sort();
    const ahead = paths[paths.indexOf(mine) - 1];
    if (ahead === undefined) break;
    const { stat, watch } = await conn.existsW(ahead);
    if (stat === null) await watch.cancel();
    else if (!(await watch.receive()).ok) throw new Error('the session has ended');
  }
  await work().finally(() => conn.delete(mine));
}

const server = process.argv[2] ?? '127.0.0.1:2181';
const [a, b] = await Promise.all([connect(server), connect(server)]);
const lock = await a.create('/example-lock');
async function work(): Promise<void> {
  console.log('enter');
  await a.get(lock); // something that takes a while
  console.log('leave');
}
await Promise.all([withLock(a, lock, work), withLock(b, lock, work)]);
await a.delete(lock);
await Promise.all([a.close(), b.close()]);
