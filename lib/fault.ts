import { errnoName } from './errno.js';
import { addon } from './native.js';
import { RecordLayout as L } from './record-layout.js';

/** Why a connection could not be made, as native code tells it (`native/port/fault.h`). */
export interface FaultRecord {
  /** One of the `FAULT_…` kinds. */
  readonly kind: number;
  readonly number: number;
  /** How many addresses of servers there are. */
  readonly addresses: number;
  /** `127.0.0.1:2281` */
  readonly server: string;
  /** The name that the server's certificate was to have, or empty. */
  readonly name: string;
  /** What the library says of it, or empty. */
  readonly reason: string;
}

/** What is behind a connection that could not be made: the `cause` of errors that it leads to. */
export interface Fault extends Error {
  /**
   * As `node:tls` names it: `'CERT_HAS_EXPIRED'`, `'ERR_SSL_WRONG_VERSION_NUMBER'`, `'ECONNRESET'`; or `'ERR_SASL'`. `'EPROTO'`
   * where the server broke ZooKeeper's protocol, `'EMSGSIZE'` where a reply is larger than `maxFrame` allows; `'EMFILE'` where
   * the process has no descriptor left.
   */
  code: string;
}

/** OpenSSL's X509_V_ERR_*, by the names that `node:tls` gives them. */
const certificateCodes: ReadonlyMap<number, string> = new Map([
  [2, 'UNABLE_TO_GET_ISSUER_CERT'],
  [3, 'UNABLE_TO_GET_CRL'],
  [7, 'CERT_SIGNATURE_FAILURE'],
  [9, 'CERT_NOT_YET_VALID'],
  [10, 'CERT_HAS_EXPIRED'],
  [13, 'ERROR_IN_CERT_NOT_BEFORE_FIELD'],
  [14, 'ERROR_IN_CERT_NOT_AFTER_FIELD'],
  [18, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  [19, 'SELF_SIGNED_CERT_IN_CHAIN'],
  [20, 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'],
  [21, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  [22, 'CERT_CHAIN_TOO_LONG'],
  [23, 'CERT_REVOKED'],
  [24, 'INVALID_CA'],
  [25, 'PATH_LENGTH_EXCEEDED'],
  [26, 'INVALID_PURPOSE'],
  [27, 'CERT_UNTRUSTED'],
  [28, 'CERT_REJECTED'],
  [62, 'ERR_TLS_CERT_ALTNAME_INVALID'],
  [64, 'ERR_TLS_CERT_ALTNAME_INVALID'],
]);

const MISMATCH = 'ERR_TLS_CERT_ALTNAME_INVALID';

/** `wrong version number` is `ERR_SSL_WRONG_VERSION_NUMBER` */
function protocolCode(reason: string): string {
  return `ERR_SSL_${reason.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}`;
}

function describe(record: FaultRecord): readonly [code: string, text: string] {
  const { kind, number, name, reason } = record;
  switch (kind) {
    case L.FAULT_CERTIFICATE: {
      const code = certificateCodes.get(number) ?? `X509_V_ERR_${number}`;
      return [
        code,
        code === MISMATCH ? `its certificate is not for ${JSON.stringify(name)}` : reason,
      ];
    }
    case L.FAULT_PROTOCOL:
      return [protocolCode(reason), reason];
    case L.FAULT_END:
      return ['ECONNRESET', 'it hung up before TLS was agreed on: is this its secure port?'];
    case L.FAULT_TIMEOUT:
      return ['ETIMEDOUT', 'it did not answer the handshake: is this its secure port?'];
    case L.FAULT_CERTIFICATE_WANTED:
      return ['ECONNRESET', 'it asked for a certificate, got none, and hung up: see tls.cert'];
    case L.FAULT_SASL:
      return ['ERR_SASL', reason === '' ? 'the server refused the credentials' : reason];
    case L.FAULT_FRAME:
      return ['EPROTO', reason];
    case L.FAULT_FRAME_SIZE:
      return ['EMSGSIZE', `${reason}: ${number} bytes, more than maxFrame allows`];
    case L.FAULT_SOCKET:
      return [errnoName(number), addon.systemErrorMessage(number)];
    default:
      return [errnoName(number), errnoName(number)];
  }
}

/** What went wrong, of the kinds that are none of TLS. */
const layers: ReadonlyMap<number, string> = new Map([
  [L.FAULT_SASL, 'SASL'],
  [L.FAULT_FRAME, 'ZooKeeper protocol'],
  [L.FAULT_FRAME_SIZE, 'ZooKeeper protocol'],
  [L.FAULT_SOCKET, 'connection'],
]);

/** The error that tells of a fault. */
export function faultError(record: FaultRecord): Fault {
  const [code, text] = describe(record);
  const what = layers.get(record.kind) ?? 'TLS';
  const server = record.server === '' ? '' : ` with ${record.server}`;
  const named = record.name === '' ? '' : ` (${record.name})`;
  return Object.assign(new Error(`${what}${server}${named}: ${text}`), { code });
}

/** Faults that another attempt would meet again. A server that hangs up may just be starting, or going. */
const lasting: ReadonlySet<number> = new Set([L.FAULT_CERTIFICATE, L.FAULT_PROTOCOL]);

/**
 * Tells when waiting for a connection has become pointless: when each address of each server has met a fault that it would
 * meet again.
 */
export class Hopelessness {
  readonly #servers = new Set<string>();

  /** Takes in a fault. @returns whether there is no hope left */
  add(record: FaultRecord): boolean {
    if (!lasting.has(record.kind)) {
      this.#servers.delete(record.server);
      return false;
    }
    this.#servers.add(record.server);
    return this.#servers.size >= record.addresses;
  }
}
