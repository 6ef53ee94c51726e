import { type Conn, digestACL, ErrorCode, Perm, worldACL } from 'libzookeeper';
import { chapter, say } from './output.js';
import { sayFailure } from './session.js';

const ROUNDS = 25;

/** Two connections that change one node at the same time. */
export async function race(conn: Conn, other: Conn): Promise<void> {
  chapter('retryChange, raced by two connections');
  let calls = 0;
  const increment = (old: Buffer): string => {
    calls += 1;
    return String(Number(old.toString()) + 1);
  };
  const run = async (racer: Conn): Promise<void> => {
    for (let round = 0; round < ROUNDS; round += 1) {
      await racer.retryChange('/counter', increment);
    }
  };
  await Promise.all([run(conn), run(other)]);

  const { data, stat } = await conn.get('/counter', { encoding: 'utf8' });
  say(`${ROUNDS} increments by each of them`, `counter is ${data}, version ${stat.version}`);
  say('calls of the change function', `${calls}, so that ${calls - 2 * ROUNDS} were outrun`);
  if (Number(data) !== 2 * ROUNDS) throw new Error(`an increment was lost: ${data}`);
}

/** A node that is for those who know a password. */
export async function accessControl(conn: Conn, other: Conn): Promise<void> {
  chapter('Access control');
  const path = await conn.create('/secret', 'down the rabbit hole', {
    acl: digestACL(Perm.READ | Perm.ADMIN, 'alice', 'wonderland'),
  });
  say("create('/secret', …, { acl: digestACL(…) })", path);
  await sayFailure("get('/secret')", conn.get(path), ErrorCode.ZNOAUTH);

  await conn.addAuth('digest', 'alice:wonderland');
  say("addAuth('digest', 'alice:wonderland')", 'accepted');
  const { data } = await conn.get(path, { encoding: 'utf8' });
  say("get('/secret')", data);
  const { acl } = await conn.acl(path);
  for (const { perms, scheme, id } of acl) {
    say("acl('/secret')", `${scheme} ${id} may ${perms}`);
  }
  await sayFailure('get, by another connection', other.get(path), ErrorCode.ZNOAUTH);
  await conn.setACL(path, worldACL(Perm.READ));
  say("setACL('/secret', worldACL(Perm.READ))", 'accepted');
  const opened = await other.get(path, { encoding: 'utf8' });
  say('get, by another connection', opened.data);
}
