import { type Conn, CreateFlag, ErrorCode, State } from 'libzookeeper';
import { chapter, hex, say, since } from './output.js';
import { sayFailure, sayUntil } from './session.js';
import type { Stage } from './stage.js';

/** The server goes and comes back; session and watch stay. */
export async function restart(stage: Stage, conn: Conn): Promise<void> {
  chapter('The server stopped and started again, under a live watch');
  const { watch } = await conn.getW('/greeting');
  const session = conn.clientId.id;
  say("getW('/greeting')", `a watch, on session ${hex(session)}`);

  let start = performance.now();
  await stage.server.stop();
  say('server.stop()', since(start));
  await sayUntil(conn, State.CONNECTING);
  await sayFailure("get('/greeting')", conn.get('/greeting'), ErrorCode.ZCONNECTIONLOSS);

  start = performance.now();
  const pid = await stage.startServer();
  say('server.start()', `process ${pid}, after ${since(start)}`);
  await sayUntil(conn, State.CONNECTED);
  say('the session', conn.clientId.id === session ? `still ${hex(session)}` : 'another one');
  say('the watch', watch.closed ? 'has ended' : 'has not fired');

  await conn.set('/greeting', 'welcome back');
  say("set('/greeting', 'welcome back')", await watch.receive());
}

/** A connection that is lost, and then one that is lost for longer than its session can last. */
export async function expiry(stage: Stage, witness: Conn): Promise<void> {
  chapter('A lost connection is not an expired session');
  const cable = await stage.layCable();
  const conn = await stage.connect(cable.address, 1500);
  say('connect, through a cable', `session ${hex(conn.clientId.id)}, ${conn.sessionTimeout} ms`);
  const path = await conn.create('/alive', '', { flags: CreateFlag.EPHEMERAL });
  say("create('/alive', EPHEMERAL)", path);
  const { watch } = await conn.getW('/greeting');
  const { watch: obituary } = await witness.existsW(path);
  await sayUntil(conn, State.CONNECTED);

  cable.pull();
  say('the cable is pulled', 'for a moment');
  await sayUntil(conn, State.CONNECTING);
  await sayFailure(`get('${path}')`, conn.get(path), ErrorCode.ZCONNECTIONLOSS);
  await cable.plug();
  await sayUntil(conn, State.CONNECTED);
  const stat = await conn.exists(path);
  say(`exists('${path}')`, `owner ${hex(stat?.ephemeralOwner ?? 0n)}`);
  say('the watch', watch.closed ? 'has ended' : 'has not fired');

  cable.pull();
  const pulled = performance.now();
  say('the cable is pulled', 'until the server gives the session up');
  await sayUntil(conn, State.CONNECTING);
  say("another connection's watch", `${await obituary.receive()}, after ${since(pulled)}`);
  await cable.plug();
  await sayUntil(conn, State.EXPIRED_SESSION);
  const event = await watch.receive();
  say('watch.receive()', `${event} (ok: ${event.ok})`);
  await sayFailure(`get('${path}')`, conn.get(path), ErrorCode.ZSESSIONEXPIRED);

  const fresh = await stage.connect(cable.address);
  say('a new connection', `session ${hex(fresh.clientId.id)}`);
}
