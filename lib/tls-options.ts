import { createPrivateKey, type KeyObject, randomBytes, X509Certificate } from 'node:crypto';
import { createSecureContext, type SecureContextOptions } from 'node:tls';
import { isUint8Array } from 'node:util/types';
import { badArgument, type Call, shown } from './bad-arguments.js';
import { ErrorCode } from './error-code.js';
import { ZooKeeperError } from './errors.js';
import { addon } from './native.js';
import { checkPem, type Pem } from './pem.js';
import { packFields, textField, wipe } from './secure-options.js';

/**
 * How to speak TLS with the servers; their `secureClientPort` is what the connect string then names. Everything is read and
 * checked at the call, and kept in memory only.
 *
 * @example
 * ```ts
 * const tls: TlsOptions = { ca: '/etc/ssl/zookeeper-ca.pem' };
 * const conn = dial('zk1.example.org:2281', { tls });
 * ```
 */
export interface TlsOptions {
  /**
   * The certificates of the authorities that may vouch for a server: nobody else is trusted, the system's neither. Needed
   * unless `rejectUnauthorized` is false.
   */
  readonly ca?: Pem | undefined;
  /** The certificate that this client shows to a server which asks, followed by those between it and its authority. */
  readonly cert?: Pem | undefined;
  /** The key of `cert`. */
  readonly key?: Pem | undefined;
  /** What opens `key`, if that is encrypted. */
  readonly passphrase?: string | Uint8Array | undefined;
  /** The name that a server's certificate must have, if that is not the host of the connect string. */
  readonly servername?: string | undefined;
  /** False trusts any server that answers: nobody knows then who listens. True. */
  readonly rejectUnauthorized?: boolean | undefined;
}

const names: ReadonlySet<string> = new Set([
  'ca',
  'cert',
  'key',
  'passphrase',
  'servername',
  'rejectUnauthorized',
]);

const certificateBlock =
  /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----[\s\S]*?-----END (?:X509 |TRUSTED )?CERTIFICATE-----/g;

/** What OpenSSL says of it, without a word of the content. */
function reasonOf(error: unknown): string {
  const { reason, code, message } = error as Error & { reason?: string; code?: string };
  return reason ?? code ?? message;
}

/** Every certificate of a file. */
function parseCertificates(call: Call, name: string, pem: string): X509Certificate[] {
  const blocks = pem.match(certificateBlock) ?? [];
  if (blocks.length === 0) throw badArgument(call, `${name} holds no certificate in PEM`);
  return blocks.map((block, index) => {
    try {
      return new X509Certificate(block);
    } catch (error) {
      const which = blocks.length === 1 ? 'its certificate' : `certificate ${index + 1}`;
      throw badArgument(call, `${name}: ${which} cannot be read: ${reasonOf(error)}`);
    }
  });
}

/** Whether a certificate is good for nothing today: `'has expired on …'`; undefined if it is good. */
function untimely({ validFrom, validTo }: X509Certificate): string | undefined {
  const now = Date.now();
  if (Date.parse(validTo) < now) return `has expired on ${validTo}`;
  return Date.parse(validFrom) > now ? `is not valid before ${validFrom}` : undefined;
}

/** Bundles may carry old authorities along; but one that is good must be among them. */
function checkCA(call: Call, pem: string): X509Certificate[] {
  const certificates = parseCertificates(call, 'tls.ca', pem);
  const reasons = certificates.map(untimely);
  if (!reasons.includes(undefined)) throw badArgument(call, `tls.ca ${reasons[0]}`);
  return certificates;
}

function checkPassphrase(call: Call, passphrase: unknown): string | Buffer | undefined {
  if (passphrase === undefined) return undefined;
  if (typeof passphrase === 'string') return passphrase;
  if (isUint8Array(passphrase)) return Buffer.from(passphrase);
  throw badArgument(
    call,
    `tls.passphrase must be a string or a Uint8Array, not ${shown(passphrase)}`,
  );
}

function checkKey(call: Call, pem: string, passphrase: string | Buffer | undefined): KeyObject {
  const isEncrypted = /ENCRYPTED/.test(pem);
  if (isEncrypted && passphrase === undefined) {
    throw badArgument(call, 'tls.key is encrypted, and there is no tls.passphrase');
  }
  try {
    return createPrivateKey({ key: pem, format: 'pem', passphrase });
  } catch (error) {
    throw badArgument(
      call,
      isEncrypted
        ? `tls.passphrase does not open tls.key: ${reasonOf(error)}`
        : `tls.key holds no private key in PEM: ${reasonOf(error)}`,
    );
  } finally {
    // If it is bytes, they are a copy.
    if (Buffer.isBuffer(passphrase)) wipe(passphrase);
  }
}

interface Identity {
  readonly chain: readonly X509Certificate[];
  readonly key: KeyObject;
  /** As `node:tls` takes them. */
  readonly pem: Pick<SecureContextOptions, 'cert' | 'key' | 'passphrase'>;
}

function checkIdentity(
  call: Call,
  { cert, key, passphrase }: Readonly<Record<string, unknown>>,
): Identity | undefined {
  const checkedPassphrase = checkPassphrase(call, passphrase);
  if (cert === undefined && key === undefined) {
    if (passphrase === undefined) return undefined;
    throw badArgument(call, 'tls.passphrase goes with tls.key, which is missing');
  }
  if (cert === undefined) throw badArgument(call, 'tls.key goes with tls.cert, which is missing');
  if (key === undefined) throw badArgument(call, 'tls.cert goes with tls.key, which is missing');
  const certPem = checkPem(call, 'tls.cert', cert);
  const keyPem = checkPem(call, 'tls.key', key);
  const chain = parseCertificates(call, 'tls.cert', certPem);
  const privateKey = checkKey(call, keyPem, checkedPassphrase);
  const leaf = chain[0] as X509Certificate;
  if (!leaf.checkPrivateKey(privateKey)) {
    throw badArgument(call, 'tls.key is not the key of tls.cert');
  }
  const reason = untimely(leaf);
  if (reason !== undefined) throw badArgument(call, `tls.cert ${reason}`);
  const openable = Buffer.isBuffer(checkedPassphrase)
    ? encryptAnew(privateKey)
    : { key: keyPem, passphrase: checkedPassphrase };
  return { chain, key: privateKey, pem: { cert: certPem, ...openable } };
}

/** `node:tls` takes a string for a passphrase, and not all bytes are one. */
function encryptAnew(key: KeyObject): { readonly key: string; readonly passphrase: string } {
  const passphrase = randomBytes(16).toString('hex');
  const encrypted = key.export({
    format: 'pem',
    type: 'pkcs8',
    cipher: 'aes-256-cbc',
    passphrase,
  });
  return { key: encrypted.toString(), passphrase };
}

function checkServername(call: Call, servername: unknown): string {
  if (servername === undefined) return '';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what no name may hold
  const isName = typeof servername === 'string' && /^[^\s\x00-\x1f]{1,253}$/.test(servername);
  if (!isName || !servername.isWellFormed()) {
    throw badArgument(call, 'tls.servername must be the name of a host, or an address');
  }
  return servername;
}

/** What OpenSSL has against it as a whole: a key that is too short for its rules, say. */
function tryOut(call: Call, ca: readonly X509Certificate[], identity: Identity | undefined): void {
  try {
    createSecureContext({ ca: ca.map(String), ...identity?.pem });
  } catch (error) {
    throw badArgument(call, `tls is refused by OpenSSL: ${reasonOf(error)}`);
  }
}

/**
 * Validates the option `tls`, reads what it names, and packs it for native code: with the key in it, so that whoever gets
 * it is to wipe it.
 *
 * @throws ZooKeeperError `ZBADARGUMENTS` that names the option and says what is wrong with it; `ZSYSTEMERROR` in a runtime
 * that has no OpenSSL for addons
 */
export function packTlsOptions(call: Call, tls: unknown): Buffer | null {
  if (tls === undefined) return null;
  if (typeof tls !== 'object' || tls === null || Array.isArray(tls)) {
    throw badArgument(call, `tls must be an object, not ${shown(tls)}`);
  }
  const options = tls as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(options).find((name) => !names.has(name));
  if (unknown !== undefined) throw badArgument(call, `tls has no option ${unknown}`);
  const { ca, rejectUnauthorized = true } = options;
  if (typeof rejectUnauthorized !== 'boolean') {
    throw badArgument(
      call,
      `tls.rejectUnauthorized must be a boolean, not ${shown(rejectUnauthorized)}`,
    );
  }
  if (ca === undefined && rejectUnauthorized) {
    throw badArgument(call, 'tls.ca is missing: the certificates of whom to trust');
  }
  const servername = checkServername(call, options['servername']);
  const authorities = ca === undefined ? [] : checkCA(call, checkPem(call, 'tls.ca', ca));
  const identity = checkIdentity(call, options);
  tryOut(call, authorities, identity);
  checkRuntime(call);

  const key = identity?.key.export({ format: 'der', type: 'pkcs8' }) ?? Buffer.alloc(0);
  const der = (certificates: readonly X509Certificate[]): Buffer =>
    packFields(certificates.map(({ raw }) => raw));
  const packed = packFields([
    textField(servername),
    textField(rejectUnauthorized ? '1' : '0'),
    key,
    der(identity?.chain ?? []),
    der(authorities),
  ]);
  wipe(key);
  return packed;
}

/** Node.js shows its OpenSSL to addons; Bun, Deno and Electron do not. */
function checkRuntime(call: Call): void {
  if (addon.hasTls()) return;
  const cause = new Error(
    'tls needs the OpenSSL 3 of Node.js, and this runtime has none that an addon could use',
  );
  throw new ZooKeeperError({ op: call.op, errno: ErrorCode.ZSYSTEMERROR, cause });
}
