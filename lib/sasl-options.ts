import { isUint8Array } from 'node:util/types';
import { checkBytes } from './arguments.js';
import { badArgument, type Call, shown } from './bad-arguments.js';
import { ErrorCode } from './error-code.js';
import { ZooKeeperError } from './errors.js';
import { addon } from './native.js';
import { packFields, textField, wipe } from './secure-options.js';

/**
 * How to authenticate with SASL, ahead of anything else on each connection. Needs the system's Cyrus SASL library and its
 * plugin for the mechanism: on Debian the packages `libsasl2-2`, and `libsasl2-modules` or `libsasl2-modules-gssapi-mit`.
 *
 * @example
 * ```ts
 * const sasl: SaslOptions = { mechanism: 'DIGEST-MD5', username: 'u', password: 'p' };
 * const conn = dial('127.0.0.1:2181', { sasl });
 * ```
 */
export type SaslOptions = DigestMd5Options | GssapiOptions;

interface CommonSaslOptions {
  /** The service that the servers are; part of their Kerberos principal. `'zookeeper'` */
  readonly service?: string | undefined;
}

/**
 * A name and a password, which the server has in its JAAS file.
 *
 * @example
 * ```ts
 * const sasl: DigestMd5Options = { mechanism: 'DIGEST-MD5', username: 'u', password: 'p' };
 * const conn = dial('127.0.0.1:2181', { sasl });
 * ```
 */
export interface DigestMd5Options extends CommonSaslOptions {
  readonly mechanism: 'DIGEST-MD5';
  readonly username: string;
  /** Never sent, nor written anywhere. */
  readonly password: string | Uint8Array;
  /** The realm that the name belongs to; the one that the server offers unless given. */
  readonly realm?: string | undefined;
  /** The name that the server has for SASL. `'zk-sasl-md5'`, as ZooKeeper's has. */
  readonly host?: string | undefined;
}

/**
 * Kerberos: the ticket that the system has for this process, in its credential cache.
 *
 * @example
 * ```ts
 * const sasl: GssapiOptions = { mechanism: 'GSSAPI' };
 * const conn = dial('zk1.example.org:2181', { sasl });
 * ```
 */
export interface GssapiOptions extends CommonSaslOptions {
  readonly mechanism: 'GSSAPI';
  /** Whom to be, if that is not the ticket's principal. */
  readonly username?: string | undefined;
  /** The host of the server's principal, `zookeeper/host@REALM`; its host in the connect string unless given. */
  readonly host?: string | undefined;
}

/** What the server calls itself: `SaslServerCallbackHandler` and the Java client know no other. */
const DIGEST_MD5_HOST = 'zk-sasl-md5';

const names: ReadonlyMap<unknown, ReadonlySet<string>> = new Map([
  ['DIGEST-MD5', new Set(['mechanism', 'username', 'password', 'realm', 'service', 'host'])],
  ['GSSAPI', new Set(['mechanism', 'username', 'service', 'host'])],
]);

/** The Debian packages that bring a mechanism. */
const packages: ReadonlyMap<unknown, string> = new Map([
  ['DIGEST-MD5', 'libsasl2-modules'],
  ['GSSAPI', 'libsasl2-modules-gssapi-mit'],
]);

const LONGEST_TEXT = 1024;

function checkText(call: Call, name: string, value: unknown, fallback?: string): string {
  if (value === undefined && fallback !== undefined) return fallback;
  const isText =
    typeof value === 'string' &&
    value !== '' &&
    value.length <= LONGEST_TEXT &&
    !value.includes('\0') &&
    value.isWellFormed();
  if (!isText) {
    throw badArgument(call, `sasl.${name} must be a string of 1 to ${LONGEST_TEXT} characters`);
  }
  return value;
}

/** A copy, to be wiped. No message shows it. */
function checkPassword(call: Call, password: unknown): Buffer {
  const isText = typeof password === 'string' && password.isWellFormed();
  if (!isText && !isUint8Array(password)) {
    throw badArgument(
      call,
      `sasl.password must be a string or a Uint8Array, not ${shown(password)}`,
    );
  }
  const bytes = Buffer.from(
    isText
      ? Buffer.from(password, 'utf8')
      : checkBytes(call, 'sasl.password', password as Uint8Array),
  );
  if (bytes.length === 0 || bytes.length > LONGEST_TEXT || bytes.includes(0)) {
    throw badArgument(call, `sasl.password must have 1 to ${LONGEST_TEXT} bytes, none of them 0`);
  }
  return bytes;
}

function checkLibrary(call: Call, mechanism: string): void {
  const found = addon.findSasl(mechanism);
  if (found === 2) return;
  const cause = new Error(
    found === 0
      ? 'sasl needs the Cyrus SASL library, libsasl2.so.2, which is not there: install libsasl2-2 (Debian, Ubuntu), cyrus-sasl-lib (Fedora)'
      : `sasl needs the plugin of Cyrus SASL for ${mechanism}, which is not there: install ${packages.get(mechanism)} (Debian, Ubuntu)`,
  );
  throw new ZooKeeperError({ op: call.op, errno: ErrorCode.ZSYSTEMERROR, cause });
}

/**
 * Validates the option `sasl`, and packs it for native code: with the password in it, so that whoever gets it is to wipe it.
 *
 * @throws ZooKeeperError `ZBADARGUMENTS` that names the option; `ZSYSTEMERROR` when the system lacks the library or the
 * mechanism, with a `cause` that names the package
 */
export function packSaslOptions(call: Call, sasl: unknown): Buffer | null {
  if (sasl === undefined) return null;
  if (typeof sasl !== 'object' || sasl === null || Array.isArray(sasl)) {
    throw badArgument(call, `sasl must be an object, not ${shown(sasl)}`);
  }
  const options = sasl as Readonly<Record<string, unknown>>;
  const { mechanism } = options;
  const known = names.get(mechanism);
  if (typeof mechanism !== 'string' || known === undefined) {
    throw badArgument(call, "sasl.mechanism must be 'DIGEST-MD5' or 'GSSAPI'");
  }
  const unknown = Object.keys(options).find((name) => !known.has(name));
  if (unknown !== undefined) {
    throw badArgument(call, `sasl has no option ${unknown} with ${mechanism}`);
  }
  const isDigest = mechanism === 'DIGEST-MD5';
  const service = checkText(call, 'service', options['service'], 'zookeeper');
  const host = checkText(call, 'host', options['host'], isDigest ? DIGEST_MD5_HOST : '');
  const username = checkText(call, 'username', options['username'], isDigest ? undefined : '');
  const realm = checkText(call, 'realm', options['realm'], '');
  const password = isDigest ? checkPassword(call, options['password']) : Buffer.alloc(0);
  try {
    checkLibrary(call, mechanism);
    const texts = [mechanism, service, host, username, realm];
    return packFields([...texts.map(textField), password]);
  } finally {
    wipe(password);
  }
}
