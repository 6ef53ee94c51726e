import { ErrorCode, errorName } from './error-code.js';
import { addon } from './native.js';

/** What the C library has no words for. */
const ownMessages: ReadonlyMap<number, string> = new Map([
  [ErrorCode.ZSSLCONNECTIONERROR, 'ssl connection error'],
  [ErrorCode.ZUNKNOWNSESSION, 'unknown session'],
  [ErrorCode.ZREQUESTTIMEOUT, 'request timed out'],
  [ErrorCode.ZQUOTAEXCEEDED, 'quota exceeded'],
]);

function messageOf(errno: number): string {
  return ownMessages.get(errno) ?? addon.errorMessage(errno);
}

/**
 * What a {@link ZooKeeperError} is made of.
 *
 * @example
 * ```ts
 * const details: ZooKeeperErrorDetails = { op: 'get', path: '/a', errno: ErrorCode.ZNONODE };
 * const error = new ZooKeeperError(details);
 * ```
 */
export interface ZooKeeperErrorDetails {
  /** The method that failed: `'get'`. */
  readonly op: string;
  /** The code, one of {@link ErrorCode} or a number that only the server knows. */
  readonly errno: number;
  /** The path that the operation was about. */
  readonly path?: string | undefined;
  /** What was wrong, where the code alone does not say: `'version must be an integer'`. */
  readonly detail?: string | undefined;
  /** The error behind this one. */
  readonly cause?: unknown;
}

/**
 * An operation that failed: gozk's `Error`, in the shape of Node's system errors.
 *
 * The message reads `zookeeper: get "/a": no node`; where the code is `ZSYSTEMERROR`, the system's own message stands in for
 * the code's.
 *
 * @example
 * ```ts
 * try {
 *   await conn.get('/a');
 * } catch (error) {
 *   if (!isError(error, ErrorCode.ZNONODE)) throw error;
 * }
 * ```
 */
export class ZooKeeperError extends Error {
  override readonly name: string = 'ZooKeeperError';
  /** The code's name: `'ZNONODE'`. */
  readonly code: string;
  /** The code: -101. */
  readonly errno: number;
  /** The method that failed: `'get'`. */
  readonly op: string;
  /** The path that the operation was about; undefined where there is none. */
  declare readonly path?: string;

  /** @throws TypeError when `errno` is no integer of 32 bits */
  constructor({ op, errno, path, detail, cause }: ZooKeeperErrorDetails) {
    if (typeof errno !== 'number' || (errno | 0) !== errno) {
      throw new TypeError('ZooKeeperError: errno must be an integer of 32 bits');
    }
    const isSystemError = errno === ErrorCode.ZSYSTEMERROR && cause instanceof Error;
    const reason = isSystemError ? cause.message : messageOf(errno);
    const subject = path === undefined ? op : `${op} ${JSON.stringify(path)}`;
    const message = `zookeeper: ${subject}: ${reason}${detail === undefined ? '' : `: ${detail}`}`;
    super(message, cause === undefined ? undefined : { cause });
    this.code = errorName(errno);
    this.errno = errno;
    this.op = op;
    if (path !== undefined) this.path = path;
  }
}

/**
 * Whether `error` is a {@link ZooKeeperError} with that code. gozk's `IsError`.
 *
 * @param error - anything that was caught
 * @param code - one of {@link ErrorCode}
 *
 * @example
 * ```ts
 * await conn.create('/a').catch((error: unknown) => {
 *   if (!isError(error, ErrorCode.ZNODEEXISTS)) throw error;
 * });
 * ```
 */
export function isError(error: unknown, code: number): error is ZooKeeperError {
  return error instanceof ZooKeeperError && error.errno === code;
}
