/** Run it twice: the second process takes up the session of the first, ephemeral node included. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClientId, CreateFlag, connect } from 'libzookeeper';

const server = process.argv[2] ?? '127.0.0.1:2181';
const file = process.argv[3] ?? join(tmpdir(), 'libzookeeper-example-session');

if (existsSync(file)) {
  const clientId = ClientId.load(readFileSync(file));
  rmSync(file);
  // Rejects with ZSESSIONEXPIRED when the session timeout is over.
  const conn = await connect(server, { clientId });
  const stat = await conn.exists('/example-resumed');
  console.log(
    `resumed: the node is ${stat?.ephemeralOwner === clientId.id ? 'still ours' : 'gone'}`,
  );
  await conn.close();
} else {
  const conn = await connect(server, { sessionTimeout: 20_000 });
  await conn.create('/example-resumed', '', { flags: CreateFlag.EPHEMERAL });
  // Whoever has it can act as the session.
  writeFileSync(file, conn.clientId.save(), { mode: 0o600 });
  console.log('left: the session waits for the next process');
  process.exit(); // not close(), which would end the session
}
