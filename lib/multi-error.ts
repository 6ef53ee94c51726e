import { ErrorCode, errorName } from './error-code.js';
import { ZooKeeperError } from './errors.js';

/**
 * What became of one op of a transaction that was refused. A {@link ZooKeeperError}, unless its code is `ZOK`.
 *
 * @example
 * ```ts
 * const failed = ({ results, index }: MultiError): OpOutcome | undefined => results[index];
 * ```
 */
export interface OpOutcome {
  /** The op: `'create'`, `'delete'`, `'set'` or `'check'`. */
  readonly op: string;
  /** The path that it was given. */
  readonly path?: string;
  /**
   * The code's name: `'ZOK'` for what would have been done, and was undone, since another op was refused; the reason for the
   * op that was refused; `'ZRUNTIMEINCONSISTENCY'` for those behind it, which the server did not try.
   */
  readonly code: string;
  /** The code: 0, -101. */
  readonly errno: number;
}

/** What became of one op. */
export function opOutcome(op: string, path: string, errno: number): OpOutcome {
  // A code such as ZRUNTIMEINCONSISTENCY is about the transaction, of which nothing was done.
  if (errno !== ErrorCode.ZOK) return new ZooKeeperError({ op, path, errno, nothingChanged: true });
  return Object.freeze({ op, path, code: errorName(errno), errno });
}

/**
 * A transaction that the server refused: nothing of it was done. Its code and path are those of the op that was to blame.
 *
 * The message reads `zookeeper: multi "/a": node exists: ops[1], a create`.
 *
 * @example
 * ```ts
 * await conn.multi([op.check('/a', 3), op.set('/b', 'data')]).catch((error: unknown) => {
 *   if (error instanceof MultiError) console.log(`operation ${error.index} failed: ${error.code}`);
 * });
 * ```
 */
export class MultiError extends ZooKeeperError {
  override readonly name: string = 'MultiError';
  /** The place of the op that was refused, among those that {@link Conn.multi} was given. */
  readonly index: number;
  /** What became of each op, in their order. */
  readonly results: readonly OpOutcome[];

  /** @param index - which of the results is to blame */
  constructor(results: readonly OpOutcome[], index: number) {
    const failed = results[index];
    if (failed === undefined) throw new RangeError('MultiError: index must be that of a result');
    const { op, path, errno } = failed;
    super({ op: 'multi', path, errno, detail: `ops[${index}], a ${op}`, nothingChanged: true });
    this.index = index;
    this.results = results;
  }
}
