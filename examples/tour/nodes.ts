import { type Conn, CreateFlag, ErrorCode } from 'libzookeeper';
import { chapter, hex, say } from './output.js';
import { sayFailure } from './session.js';

/** Creates a node, reads it, sets it. */
export async function nodes(conn: Conn): Promise<void> {
  chapter('Create, read, set');
  say("create('/greeting', 'hello')", await conn.create('/greeting', 'hello'));

  const { data, stat } = await conn.get('/greeting', { encoding: 'utf8' });
  say("get('/greeting', { encoding: 'utf8' })", `${data}, version ${stat.version}`);

  const { version, mzxid } = await conn.set('/greeting', 'hello again', stat.version);
  say(
    `set('/greeting', 'hello again', ${stat.version})`,
    `version ${version}, transaction ${hex(mzxid)}`,
  );
  await sayFailure(
    `set('/greeting', 'too late', ${stat.version})`,
    conn.set('/greeting', 'too late', stat.version),
    ErrorCode.ZBADVERSION,
  );
  await sayFailure("get('/nothing')", conn.get('/nothing'), ErrorCode.ZNONODE);
}

/** A watch on one connection, fired by another. */
export async function watch(conn: Conn, other: Conn): Promise<void> {
  chapter('A watch that fires');
  const { data, watch } = await conn.getW('/greeting', { encoding: 'utf8' });
  say("getW('/greeting')", `${data}, and a watch`);
  const { version } = await other.set('/greeting', 'good morning');
  say("set('/greeting', …), by another connection", `version ${version}`);
  say('watch.receive()', await watch.receive());
  const { data: changed } = await conn.get('/greeting', { encoding: 'utf8' });
  say("get('/greeting')", changed);
}

/** A node that goes with its session. */
export async function ephemeral(conn: Conn, member: Conn): Promise<void> {
  chapter('An ephemeral sequential node');
  await conn.create('/members');
  const path = await member.create('/members/m-', 'I am here', {
    flags: CreateFlag.EPHEMERAL | CreateFlag.SEQUENCE,
  });
  say("create('/members/m-', EPHEMERAL | SEQUENCE)", path);
  const { stat, watch } = await conn.existsW(path);
  say('its owner', `session ${hex(stat?.ephemeralOwner ?? 0n)}`);
  const { children } = await conn.children('/members');
  say("children('/members')", `[${children}]`);

  const owner = member.clientId.id;
  await member.close();
  say("the owner's close()", `session ${hex(owner)} ended`);
  say('watch.receive()', await watch.receive());
  const left = await conn.children('/members');
  say("children('/members')", `[${left.children}]`);
}
