/** A job goes from one list to another, for good or not at all: whoever is second is told so. */
import { type Conn, connect, MultiError, op } from 'libzookeeper';

const root = '/example-transaction';

/** Takes a job, unless it was taken, or the plan has changed since it was read. */
async function take(conn: Conn, worker: string, job: string, plan: number): Promise<void> {
  try {
    const [path] = await conn.multi([
      op.create(`${root}/running/${job}`, worker),
      op.delete(`${root}/waiting/${job}`),
      op.check(root, plan),
    ]);
    console.log(`${worker} took ${path}`);
  } catch (error) {
    if (!(error instanceof MultiError)) throw error;
    console.log(`${worker} did not: ${error.results[error.index]?.op}, ${error.code}`);
  }
}

const conn = await connect(process.argv[2] ?? '127.0.0.1:2181');
const paths = [root, `${root}/waiting`, `${root}/running`, `${root}/waiting/wash`];
await conn.multi([...paths, `${root}/waiting/dry`].map((path) => op.create(path)));
await take(conn, 'ada', 'wash', 0);
await take(conn, 'grace', 'wash', 0);
await take(conn, 'grace', 'dry', 7);
await take(conn, 'grace', 'dry', 0);
const left = [`${root}/running/wash`, `${root}/running/dry`, `${root}/waiting`, `${root}/running`];
await conn.multi([...left, root].map((path) => op.delete(path)));
await conn.close();
