import { onAbort } from './abort.js';
import { checkOptions } from './arguments.js';
import { badArgument, shown } from './bad-arguments.js';
import { ClientId } from './client-id.js';
import { Conn } from './conn.js';
import { Connection, type ConnectionListener } from './connection.js';
import { State } from './constants.js';
import {
  type ConnectOptions,
  checkConnectOptions,
  checkDialOptions,
  type DialOptions,
  type DialSettings,
  wipeSecrets,
} from './dial-options.js';
import { ErrorCode } from './error-code.js';
import { ZooKeeperError } from './errors.js';
import type { ZooKeeperEvent } from './event.js';
import { type Fault, faultError, Hopelessness } from './fault.js';
import { type OpenFailure, openError } from './system-error.js';

/**
 * How long {@link dial} lets the event loop stand still for the resolver to say that no host resolves, in milliseconds. A
 * resolver that has not answered by then goes on by itself.
 */
const LONGEST_WAIT_FOR_RESOLVER = 1000;

function dialError(settings: DialSettings, failure: OpenFailure): ZooKeeperError {
  const cause = openError(failure, settings.firstHost);
  return new ZooKeeperError({ op: 'dial', errno: ErrorCode.ZSYSTEMERROR, cause });
}

interface Opened {
  readonly conn: Conn;
  readonly connection: Connection;
  /** Why it failed, if it did so at once. */
  readonly failure: OpenFailure | undefined;
}

function open(
  settings: DialSettings,
  waitMs: number,
  listener: Omit<ConnectionListener, 'onSession'>,
): Opened {
  let connection: Connection | undefined;
  const conn = Conn.of(({ onSession }) => {
    connection = new Connection(settings, { onSession, ...listener });
    return connection;
  });
  const opened = connection as unknown as Connection;
  const failure = opened.open(waitMs);
  return { conn, connection: opened, failure };
}

/** Ends a connection that nobody will hear of. */
function discard(conn: Conn): Promise<void> {
  return conn[Symbol.asyncDispose]();
}

/**
 * Opens a connection, and returns before there is a session: the first session event says when there is one. gozk's `Dial`;
 * from `zookeeper_init_sasl`, which runs on a thread of the connection's own.
 *
 * The connection keeps the process alive, as a socket does, until {@link Conn.close}.
 *
 * @param servers - `'host:port,host:port/chroot'`, or an array of its parts
 * @throws ZooKeeperError op `dial`: `ZBADARGUMENTS` for an argument that is wrong, which it names; `ZSYSTEMERROR` when no host
 * resolves, with the system's error as its `cause`. A resolver that takes longer than a second to say so is no error:
 * requests then fail with `ZCONNECTIONLOSS` while it goes on.
 *
 * @example
 * ```ts
 * const conn = dial('127.0.0.1:2181', { sessionTimeout: 10_000 });
 * const event = await conn.session.receive(); // ZooKeeper connected
 * ```
 */
export function dial(servers: string | readonly string[], options?: DialOptions): Conn {
  const settings = checkDialOptions(servers, options);
  const { conn, failure } = open(settings, LONGEST_WAIT_FOR_RESOLVER, {
    onOpenFailure() {},
    onFault() {},
  });
  if (failure !== undefined) {
    void discard(conn);
    throw dialError(settings, failure);
  }
  return conn;
}

/**
 * Opens a connection that resumes a session: its ephemeral nodes stay. Where there is no such session any more, the first
 * session event is `EXPIRED_SESSION`. gozk's `Redial`.
 *
 * @param clientId - {@link Conn.clientId} of the connection that had the session, or {@link ClientId.load} of what was saved
 * @throws as {@link dial}
 *
 * @example
 * ```ts
 * const again = redial('127.0.0.1:2181', conn.clientId);
 * ```
 */
export function redial(
  servers: string | readonly string[],
  clientId: ClientId,
  options?: DialOptions,
): Conn {
  if (!ClientId.isClientId(clientId)) {
    throw badArgument({ op: 'dial' }, `clientId must be a ClientId, not ${shown(clientId)}`);
  }
  return dial(servers, { ...checkOptions({ op: 'dial' }, options), clientId });
}

/** How waiting for a session ended: with one, or with the reason why there is none. */
type Outcome =
  | { readonly connected: true }
  | { readonly errno: number }
  | { readonly failure: OpenFailure }
  | { readonly fault: Fault }
  | { readonly aborted: unknown };

/** What a session event says of the outcome; undefined for nothing yet. */
function outcomeOf(event: ZooKeeperEvent, readOnly: boolean): Outcome | undefined {
  switch (event.state) {
    case State.CONNECTED:
      return { connected: true };
    case State.READONLY:
      // Unless it was asked for, no server offers it (trap 23).
      return readOnly ? { connected: true } : undefined;
    case State.EXPIRED_SESSION:
      return { errno: ErrorCode.ZSESSIONEXPIRED };
    case State.AUTH_FAILED:
      return { errno: ErrorCode.ZAUTHFAILED };
    default:
      return undefined;
  }
}

/** Calls back with what the first session comes to. @returns takes the callback back */
function onOutcome(
  conn: Conn,
  { hasAuth, readOnly }: DialSettings,
  callback: (outcome: Outcome) => void,
): () => void {
  const onSession = (event: ZooKeeperEvent): void => {
    const outcome = outcomeOf(event, readOnly);
    if (outcome === undefined) return;
    if (!hasAuth || !('connected' in outcome)) {
      callback(outcome);
      return;
    }
    // A credential that is refused ends the session after it has begun; once a request is answered, none was. One that is
    // not answered has met with an event that says why, or will be made again after the reconnection.
    conn.exists('/').then(
      () => callback(outcome),
      () => {},
    );
  };
  conn.on('session', onSession);
  return () => conn.off('session', onSession);
}

/**
 * Opens a connection, and waits for its session: for the state `CONNECTED`, or, where `readOnly` asks for no more, `READONLY`.
 * From `zookeeper_init_sasl`.
 *
 * @param servers - `'host:port,host:port/chroot'`, or an array of its parts
 * @throws ZooKeeperError op `dial`: `ZBADARGUMENTS` and `ZSYSTEMERROR` as {@link dial}; `ZOPERATIONTIMEOUT` after
 * `connectTimeout`; `ZAUTHFAILED` or `ZSESSIONEXPIRED` when the session ends that way; `ZSSLCONNECTIONERROR` when TLS fails with
 * every server for a reason that lasts, such as a certificate that is not trusted; or the reason of `signal`. What is known of
 * TLS or SASL is in the `cause`. In each case nothing is left running.
 *
 * @example
 * ```ts
 * await using conn = await connect('127.0.0.1:2181');
 * ```
 */
export async function connect(
  servers: string | readonly string[],
  options?: ConnectOptions,
): Promise<Conn> {
  const { connectTimeout, signal } = checkConnectOptions(options);
  const settings = checkDialOptions(servers, options);
  if (signal?.aborted) {
    wipeSecrets(settings);
    throw signal.reason;
  }

  let settle: (outcome: Outcome) => void = () => {};
  const settled = new Promise<Outcome>((resolve) => {
    settle = resolve;
  });
  const hopelessness = new Hopelessness();
  const { conn, connection, failure } = open(settings, 0, {
    onOpenFailure: (later) => settle({ failure: later }),
    onFault: (record) => {
      if (hopelessness.add(record)) settle({ fault: faultError(record) });
    },
  });
  if (failure !== undefined) settle({ failure });
  const stopListening = onOutcome(conn, settings, settle);
  const timer = setTimeout(
    () => settle({ errno: ErrorCode.ZOPERATIONTIMEOUT }),
    connectTimeout ?? settings.sessionTimeout,
  );
  const stopWaiting = onAbort(signal, () => settle({ aborted: signal?.reason }));

  const outcome = await settled;
  clearTimeout(timer);
  stopWaiting();
  stopListening();
  if ('connected' in outcome) return conn;
  // What it says of the connection is gone with it.
  const cause = connection.fault;
  await discard(conn);
  if ('aborted' in outcome) throw outcome.aborted;
  if ('failure' in outcome) throw dialError(settings, outcome.failure);
  if ('fault' in outcome) {
    const { fault } = outcome;
    throw new ZooKeeperError({
      op: 'dial',
      errno: ErrorCode.ZSSLCONNECTIONERROR,
      detail: fault.message,
      cause: fault,
    });
  }
  throw new ZooKeeperError({
    op: 'dial',
    errno: outcome.errno,
    detail: cause?.message,
    cause,
  });
}
