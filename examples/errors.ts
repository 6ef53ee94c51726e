/** What can go wrong, and how to tell: a code, the operation, the path. */
import { connect, ErrorCode, isError, ZooKeeperError } from 'libzookeeper';

function remedy(error: ZooKeeperError): string {
  // Nobody knows whether a change was made.
  if (isError(error, ErrorCode.ZCONNECTIONLOSS)) return 'look, then try again';
  // The connection is of no more use.
  if (isError(error, ErrorCode.ZSESSIONEXPIRED)) return 'dial again';
  return 'go on';
}

async function attempt(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof ZooKeeperError)) throw error;
    console.log(`${error.code} (${error.errno}) in ${error.op}: ${remedy(error)}`);
    console.log(`  ${error.message}`);
  }
}

const conn = await connect(process.argv[2] ?? '127.0.0.1:2181');
await conn.create('/example-errors');
await attempt(conn.get('/example-errors/missing'));
await attempt(conn.create('/example-errors'));
await attempt(conn.set('/example-errors', 'x', 7));
await attempt(conn.get('example-errors'));
await conn.delete('/example-errors');
await conn.close();
await attempt(conn.exists('/example-errors'));
