import { ErrorCode, errorName } from './error-code.js';
import { isOutcomeUnknown, isRetryable, isTerminal } from './error-families.js';
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
  /**
   * Whether it is certain, whatever the code, that nothing was changed: the request never left, or what it would have done
   * was undone. {@link ZooKeeperError.outcomeUnknown} is false then. False unless given.
   */
  readonly nothingChanged?: boolean | undefined;
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
  readonly #nothingChanged: boolean;

  /** @throws TypeError when `errno` is no integer of 32 bits */
  constructor({ op, errno, path, detail, cause, nothingChanged = false }: ZooKeeperErrorDetails) {
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
    this.#nothingChanged = nothingChanged;
    if (path !== undefined) this.path = path;
  }

  /**
   * Whether a change may have been made, or not: its request was on its way when the connection, or the session, came to an
   * end. Read before you make it again. False for what changes nothing, for what the server refused, and for requests that
   * certainly never left. The whole truth, code by code, is in `docs/failures.md`.
   *
   * @example
   * ```ts
   * await conn.create('/once', 'data').catch(async (error: unknown) => {
   *   if (!(error instanceof ZooKeeperError && error.outcomeUnknown)) throw error;
   *   if ((await conn.exists('/once')) === null) await conn.create('/once', 'data');
   * });
   * ```
   */
  get outcomeUnknown(): boolean {
    return !this.#nothingChanged && isOutcomeUnknown(this.op, this.errno);
  }

  /**
   * Whether the connection will never work again: its session has expired or was refused, or it was closed. What was bound to
   * the session, ephemeral nodes and watches, is gone; dial anew.
   *
   * @example
   * ```ts
   * await conn.get('/a').catch((error: unknown) => {
   *   if (error instanceof ZooKeeperError && error.terminal) process.exit(1);
   *   throw error;
   * });
   * ```
   */
  get terminal(): boolean {
    return isTerminal(this.errno);
  }

  /**
   * Whether the same call may succeed if it is made again, on the same connection, since what stood in its way passes: a lost
   * connection, a read-only server. Where {@link ZooKeeperError.outcomeUnknown} is true as well, look first whether the change
   * was made.
   *
   * @example
   * ```ts
   * await conn.get('/a').catch((error: unknown) => {
   *   if (error instanceof ZooKeeperError && error.retryable) return conn.get('/a');
   *   throw error;
   * });
   * ```
   */
  get retryable(): boolean {
    return isRetryable(this.errno);
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
