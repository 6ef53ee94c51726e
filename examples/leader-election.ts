/** Leader election, a sketch: the lowest number leads; each candidate watches the one ahead of it. */
import { type Conn, CreateFlag, connect } from 'libzookeeper';

const flags = CreateFlag.EPHEMERAL | CreateFlag.SEQUENCE;

async function untilElected(conn: Conn, election: string): Promise<void> {
  const me = await conn.create(`${election}/candidate-`, '', { flags });
  for (;;) {
    const { children } = await conn.children(election);
    const paths = children.map((name) => `${election}/${name}`).sort();
    const ahead = paths[paths.indexOf(me) - 1];
    if (ahead === undefined) return;
    const { stat, watch } = await conn.existsW(ahead); // when it goes, nobody else is woken
    if (stat === null) await watch.cancel();
    else if (!(await watch.receive()).ok) throw new Error('the session has ended');
  }
}

const server = process.argv[2] ?? '127.0.0.1:2181';
const clerk = await connect(server);
await clerk.create('/example-election');
async function campaign(name: string): Promise<void> {
  const conn = await connect(server);
  await untilElected(conn, '/example-election');
  console.log(`${name} leads`);
  await conn.close(); // or crashes: its node goes with its session
}
await Promise.all(['ada', 'grace', 'edith'].map(campaign));
await clerk.delete('/example-election').finally(() => clerk.close());
