import { isUint8Array } from 'node:util/types';
import { packCredential } from './acl.js';
import { checkBytes, checkOptions, checkSignal } from './arguments.js';
import { badArgument, type Call, shown } from './bad-arguments.js';
import { ClientId } from './client-id.js';
import { checkLogger, type Logger } from './logger.js';
import { packSaslOptions, type SaslOptions } from './sasl-options.js';
import { wipe } from './secure-options.js';
import { hostOf, ordered, parseServers } from './servers.js';
import { packTlsOptions, type TlsOptions } from './tls-options.js';

/**
 * A credential: a scheme, and what it asks for. `{ scheme: 'digest', cert: 'user:password' }`
 *
 * @example
 * ```ts
 * const auth: Auth = { scheme: 'digest', cert: 'user:password' };
 * const conn = dial('127.0.0.1:2181', { auth: [auth] });
 * ```
 */
export interface Auth {
  readonly scheme: string;
  readonly cert: string | Uint8Array;
}

/**
 * How to dial.
 *
 * @example
 * ```ts
 * const options: DialOptions = { sessionTimeout: 10_000, logger: console };
 * const conn = dial('127.0.0.1:2181', options);
 * ```
 */
export interface DialOptions {
  /** How long the session outlives its last sign of life, in milliseconds; the server may choose another. 10 000. */
  readonly sessionTimeout?: number | undefined;
  /** The session to resume. {@link redial} takes it as an argument. */
  readonly clientId?: ClientId | undefined;
  /**
   * Whether a server will do that is cut off from the others, and can only be read. The state is then `READONLY`, changes
   * reject with `ZNOTREADONLY`, and the connection moves to a server that takes them as soon as one is there. From
   * `ZOO_READONLY`.
   */
  readonly readOnly?: boolean | undefined;
  /** Credentials that are presented on each connection, ahead of any request. */
  readonly auth?: readonly Auth[] | undefined;
  /** Speaks TLS with the servers. */
  readonly tls?: TlsOptions | undefined;
  /** Authenticates with SASL. */
  readonly sasl?: SaslOptions | undefined;
  /** Takes the C client's log lines; {@link setLogLevel} says which. Without one they go to stderr. */
  readonly logger?: Logger | undefined;
  /** Whether servers are tried in random order. True. */
  readonly randomizeServers?: boolean | undefined;
  /**
   * How often, at the most, to look while connected whether the servers' names resolve to other addresses, in milliseconds.
   * When they do, the connection moves, unless its server is still among them. Without it names are resolved when connecting,
   * and not while connected. As `zoo_set_servers_resolution_delay`, but on a thread that nobody waits for.
   */
  readonly serversResolutionDelay?: number | undefined;
  /**
   * The largest reply that is accepted, in bytes, from 1024 to 256 MiB. 64 MiB. A server that sends a larger one loses the
   * connection, and what was in flight rejects with `ZCONNECTIONLOSS`, whose `cause` has the code `EMSGSIZE`. As the Java
   * client's `jute.maxbuffer`; nothing of the C client, which would make room for whatever the server says.
   */
  readonly maxFrame?: number | undefined;
}

/**
 * How to connect.
 *
 * @example
 * ```ts
 * const options: ConnectOptions = { connectTimeout: 5000, sessionTimeout: 10_000 };
 * const conn = await connect('127.0.0.1:2181', options);
 * ```
 */
export interface ConnectOptions extends DialOptions {
  /** How long to wait for the session, in milliseconds; the session's timeout unless given. */
  readonly connectTimeout?: number | undefined;
  /** Gives up connecting. */
  readonly signal?: AbortSignal | undefined;
}

/** Options that were validated. */
export interface DialSettings {
  /** `host:port,host:port/chroot` */
  readonly servers: string;
  /** The part of it behind the hosts: `/chroot`, or empty. */
  readonly chroot: string;
  /** milliseconds */
  readonly sessionTimeout: number;
  /** milliseconds, or -1 for never while connected */
  readonly resolutionDelay: number;
  /** Whether the addresses of one name are tried in random order. */
  readonly shuffleAddresses: boolean;
  /** Whether a server that is read-only will do. */
  readonly readOnly: boolean;
  /** The most bytes that a reply may have. */
  readonly maxFrame: number;
  /** Packed for native code, with secrets in it: wiped once the connection is open, or is not to be. */
  readonly credentials: Buffer;
  /** The same; null when there is none. */
  readonly tls: Buffer | null;
  /** As `tls`. */
  readonly sasl: Buffer | null;
  readonly firstHost: string;
  readonly clientId: ClientId | undefined;
  readonly hasAuth: boolean;
  readonly logger: Logger | undefined;
}

/** Larger ones overflow where the C client computes with them. */
const LONGEST_TIME = 10 ** 9;

const DEFAULT_MAX_FRAME = 64 * 1024 * 1024;

/** Enough for any handshake, error and event. */
const SMALLEST_MAX_FRAME = 1024;

/** Names of children become one string, which V8 limits to some 500 MiB. */
const LARGEST_MAX_FRAME = 256 * 1024 * 1024;

/** Every scheme's name is a word. */
const LONGEST_SCHEME = 256;

const DEFAULT_SESSION_TIMEOUT = 10_000;

function checkTime<F>(call: Call, name: string, value: unknown, fallback: F): number | F {
  if (value === undefined) return fallback;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > LONGEST_TIME) {
    throw badArgument(
      call,
      `${name} must be an integer from 1 to ${LONGEST_TIME}, in milliseconds, not ${shown(value)}`,
    );
  }
  return value;
}

function checkMaxFrame(call: Call, value: unknown): number {
  if (value === undefined) return DEFAULT_MAX_FRAME;
  const isRight =
    typeof value === 'number' &&
    Number.isInteger(value) &&
    value >= SMALLEST_MAX_FRAME &&
    value <= LARGEST_MAX_FRAME;
  if (isRight) return value;
  throw badArgument(
    call,
    `maxFrame must be an integer from ${SMALLEST_MAX_FRAME} to ${LARGEST_MAX_FRAME}, in bytes, not ${shown(value)}`,
  );
}

/** @returns the credentials, each packed */
function checkAuth(call: Call, auth: unknown): Buffer {
  if (auth === undefined) return Buffer.alloc(0);
  if (!Array.isArray(auth)) throw badArgument(call, `auth must be an array, not ${shown(auth)}`);
  const packed: Buffer[] = [];
  try {
    for (const [index, entry] of (auth as readonly unknown[]).entries()) {
      if (typeof entry !== 'object' || entry === null) {
        throw badArgument(call, `auth[${index}] must be { scheme, cert }, not ${shown(entry)}`);
      }
      const { scheme, cert } = entry as Record<keyof Auth, unknown>;
      const checkedScheme = checkScheme(call, `auth[${index}].scheme`, scheme);
      const certificate = checkCertificate(call, `auth[${index}].cert`, cert);
      packed.push(packCredential(checkedScheme, certificate));
      wipe(certificate);
    }
    return Buffer.concat(packed);
  } finally {
    wipe(...packed);
  }
}

/**
 * Packs what is secret for native code, last of all options: whoever gets it is to wipe it, and whoever fails does so himself.
 */
function checkSecrets(
  call: Call,
  { auth, tls, sasl }: Readonly<Record<string, unknown>>,
): Pick<DialSettings, 'credentials' | 'tls' | 'sasl'> {
  const credentials = checkAuth(call, auth);
  let packedTls: Buffer | null = null;
  try {
    packedTls = packTlsOptions(call, tls);
    return { credentials, tls: packedTls, sasl: packSaslOptions(call, sasl) };
  } catch (error) {
    wipe(credentials, packedTls);
    throw error;
  }
}

/**
 * Validates the name of an authentication scheme.
 *
 * @throws ZooKeeperError `ZBADARGUMENTS` that names the argument
 */
export function checkScheme(call: Call, name: string, scheme: unknown): string {
  const isName =
    typeof scheme === 'string' &&
    scheme !== '' &&
    scheme.length <= LONGEST_SCHEME &&
    !scheme.includes('\0') &&
    scheme.isWellFormed();
  if (!isName) {
    throw badArgument(call, `${name} must be the name of a scheme, like 'digest'`);
  }
  return scheme;
}

/**
 * Validates what a scheme asks for. No message shows it.
 *
 * @throws ZooKeeperError `ZBADARGUMENTS` that names the argument
 */
export function checkCertificate(call: Call, name: string, cert: unknown): Buffer {
  // A copy of our own, not among others in Buffer's pool, so that it can be wiped.
  const own = (bytes: Uint8Array): Buffer => {
    const copy = Buffer.alloc(bytes.length);
    copy.set(bytes);
    return copy;
  };
  if (typeof cert === 'string' && cert.isWellFormed()) {
    const bytes = checkBytes(call, name, Buffer.from(cert, 'utf8'));
    const copy = own(bytes);
    wipe(bytes);
    return copy;
  }
  if (isUint8Array(cert)) return own(checkBytes(call, name, cert));
  throw badArgument(call, `${name} must be a string or a Uint8Array, not ${shown(cert)}`);
}

/**
 * Validates what a connection is dialled with.
 *
 * @throws ZooKeeperError op `dial`, `ZBADARGUMENTS`, that names the option
 */
export function checkDialOptions(servers: unknown, given: unknown): DialSettings {
  const call = { op: 'dial' };
  const { hosts, chroot } = parseServers(servers);
  const options = checkOptions(call, given);
  const { clientId, randomizeServers = true, readOnly = false } = options;
  if (clientId !== undefined && !ClientId.isClientId(clientId)) {
    throw badArgument(call, `clientId must be a ClientId, not ${shown(clientId)}`);
  }
  if (typeof randomizeServers !== 'boolean') {
    throw badArgument(call, `randomizeServers must be a boolean, not ${shown(randomizeServers)}`);
  }
  if (typeof readOnly !== 'boolean') {
    throw badArgument(call, `readOnly must be a boolean, not ${shown(readOnly)}`);
  }
  const logger = checkLogger(call, options['logger']);
  const inOrder = ordered(hosts, randomizeServers);
  const settings = {
    servers: inOrder.join(',') + chroot,
    chroot,
    sessionTimeout: checkTime(
      call,
      'sessionTimeout',
      options['sessionTimeout'],
      DEFAULT_SESSION_TIMEOUT,
    ),
    resolutionDelay: checkTime(
      call,
      'serversResolutionDelay',
      options['serversResolutionDelay'],
      -1,
    ),
    shuffleAddresses: randomizeServers,
    readOnly,
    maxFrame: checkMaxFrame(call, options['maxFrame']),
    firstHost: hostOf(inOrder[0] as string),
    clientId,
    logger,
  };
  const secrets = checkSecrets(call, options);
  return { ...settings, ...secrets, hasAuth: secrets.credentials.length > 0 };
}

/** Forgets what is secret of them: native code has it, or nobody is to. */
export function wipeSecrets({ credentials, tls, sasl }: DialSettings): void {
  wipe(credentials, tls, sasl);
}

/** What {@link ConnectOptions} adds, validated. */
export interface ConnectSettings {
  /** milliseconds; undefined for as long as the session's timeout */
  readonly connectTimeout: number | undefined;
  readonly signal: AbortSignal | undefined;
}

/**
 * Validates what {@link ConnectOptions} adds.
 *
 * @throws ZooKeeperError op `dial`, `ZBADARGUMENTS`, that names the option
 */
export function checkConnectOptions(given: unknown): ConnectSettings {
  const call = { op: 'dial' };
  const options = checkOptions(call, given);
  return {
    connectTimeout: checkTime(call, 'connectTimeout', options['connectTimeout'], undefined),
    signal: checkSignal(call, options['signal']),
  };
}
