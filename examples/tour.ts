/**
 * A tour of the API against a real server: `npm start`. Every line that it prints is something that
 * just happened. It begins with nothing, and leaves nothing behind: not when it fails, nor when it
 * is interrupted.
 */
import { existsSync } from 'node:fs';
import { type Conn, countPendingWatches } from 'libzookeeper';
import { ephemeral, nodes, watch } from './tour/nodes.js';
import { expiry, restart } from './tour/outages.js';
import { chapter, fail, finish, hex, hush, say, since } from './tour/output.js';
import { accessControl, race } from './tour/sharing.js';
import { Stage } from './tour/stage.js';

async function start(stage: Stage): Promise<void> {
  chapter('A server of its own');
  const begin = performance.now();
  const pid = await stage.startServer();
  say('Server.create(), server.start()', `process ${pid}, after ${since(begin)}`);
  say('server.address', stage.server.address);
}

async function connect(stage: Stage): Promise<Conn> {
  chapter('Connect');
  const begin = performance.now();
  const conn = await stage.connect(stage.server.address);
  say('connect(server.address)', `connected, after ${since(begin)}`);
  say('session.receive()', await conn.session.receive());
  say('clientId.id', hex(conn.clientId.id));
  say('sessionTimeout', `${conn.sessionTimeout} ms`);
  say('currentServer', conn.currentServer);
  return conn;
}

async function cleanUp(stage: Stage, conn: Conn): Promise<void> {
  chapter('Clean up');
  const { children } = await conn.children('/');
  // The server's own node stays.
  const ours = children.filter((name) => name !== 'zookeeper');
  for (const name of ours) await conn.delete(`/${name}`);
  say('delete', ours.map((name) => `/${name}`).join(' '));
  say('close()', `${await stage.closeConnections()} connections`);
  say('countPendingWatches()', countPendingWatches());
  await stage.clear();
  const isGone = !existsSync(stage.directory);
  say('server.destroy()', isGone ? 'the server and its directory are gone' : stage.directory);
}

async function tour(stage: Stage): Promise<void> {
  await start(stage);
  const conn = await connect(stage);
  const other = await stage.connect(stage.server.address);
  await nodes(conn);
  await watch(conn, other);
  await ephemeral(conn, await stage.connect(stage.server.address));
  await race(conn, other);
  await accessControl(conn, other);
  await restart(stage, conn);
  await expiry(stage, conn);
  await cleanUp(stage, conn);
}

const begin = performance.now();
const interruption = new AbortController();
const interrupted = new Promise<never>((_, reject) => {
  interruption.signal.addEventListener('abort', () => reject(interruption.signal.reason));
});
/** Conventional exit codes of a process that a signal ended. */
for (const [signal, code] of [
  ['SIGHUP', 129],
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.on(signal, () => {
    process.exitCode ??= code;
    interruption.abort(`${signal}: clearing up`);
  });
}
// Nobody reads any more, as with `npm start | head`; or an error that nobody waited for.
process.stdout.on('error', (error) => interruption.abort(error));
process.on('uncaughtException', (error) => interruption.abort(error));

const stage = await Stage.build(interruption.signal);
try {
  await Promise.race([tour(stage), interrupted]);
  finish(`That was libzookeeper, in ${((performance.now() - begin) / 1000).toFixed(1)} s.`);
} catch (error) {
  process.exitCode ??= 1;
  // The tour itself may still be waiting for something: it begins nothing new, and says nothing more.
  interruption.abort(error);
  hush();
  fail(error);
} finally {
  await stage.clear();
}
if (process.exitCode !== undefined) process.exit();
