/**
 * The codes of {@link ZooKeeperError.errno}. gozk's `ErrorCode` and `Z*`; from `enum ZOO_ERRORS` of `zookeeper.h`, and three
 * that only servers send.
 *
 * @example
 * ```ts
 * await conn.delete('/a').catch((error: unknown) => {
 *   if (!isError(error, ErrorCode.ZNONODE)) throw error;
 * });
 * ```
 */
export const ErrorCode = Object.freeze({
  ZOK: 0,
  ZSYSTEMERROR: -1,
  ZRUNTIMEINCONSISTENCY: -2,
  ZDATAINCONSISTENCY: -3,
  /** The connection was lost. A change that was under way may or may not have been applied. */
  ZCONNECTIONLOSS: -4,
  ZMARSHALLINGERROR: -5,
  ZUNIMPLEMENTED: -6,
  ZOPERATIONTIMEOUT: -7,
  ZBADARGUMENTS: -8,
  ZINVALIDSTATE: -9,
  ZUNKNOWNSESSION: -12,
  ZNEWCONFIGNOQUORUM: -13,
  ZRECONFIGINPROGRESS: -14,
  ZSSLCONNECTIONERROR: -15,
  ZAPIERROR: -100,
  ZNONODE: -101,
  ZNOAUTH: -102,
  ZBADVERSION: -103,
  ZNOCHILDRENFOREPHEMERALS: -108,
  ZNODEEXISTS: -110,
  ZNOTEMPTY: -111,
  ZSESSIONEXPIRED: -112,
  ZINVALIDCALLBACK: -113,
  ZINVALIDACL: -114,
  ZAUTHFAILED: -115,
  /** The connection was closed, by a call of {@link Conn.close}. */
  ZCLOSING: -116,
  ZNOTHING: -117,
  ZSESSIONMOVED: -118,
  ZNOTREADONLY: -119,
  ZEPHEMERALONLOCALSESSION: -120,
  ZNOWATCHER: -121,
  ZREQUESTTIMEOUT: -122,
  ZRECONFIGDISABLED: -123,
  ZSESSIONCLOSEDREQUIRESASLAUTH: -124,
  ZQUOTAEXCEEDED: -125,
  ZTHROTTLEDOP: -127,
} as const);
/** One of the codes. */
export type ErrorCode = (typeof ErrorCode)[keyof typeof ErrorCode];

/**
 * The name of a code.
 *
 * @example
 * ```ts
 * const mayTryAgain: ErrorName[] = ['ZCONNECTIONLOSS', 'ZSESSIONMOVED'];
 * ```
 */
export type ErrorName = keyof typeof ErrorCode;

const names = new Map<number, string>(
  Object.entries(ErrorCode).map(([name, code]) => [code, name]),
);

/**
 * The name of a code: `'ZNONODE'`; `'Z-999'` for one that nobody named.
 *
 * @param errno - the code, an integer
 */
export function errorName(errno: number): string {
  return names.get(errno) ?? `Z${errno}`;
}
