import type { ACL } from './acl.js';
import { checkOptions, checkSignal } from './arguments.js';
import { badArgument, type Call } from './bad-arguments.js';

/**
 * What every operation takes.
 *
 * @example
 * ```ts
 * const options: OperationOptions = { signal: AbortSignal.timeout(1000) };
 * await conn.children('/', options);
 * ```
 */
export interface OperationOptions {
  /**
   * Gives up waiting: the call rejects with the signal's reason. A request that was sent may be carried out all the same, and
   * a change may have been made.
   */
  readonly signal?: AbortSignal | undefined;
}

/**
 * What reads of data take.
 *
 * @example
 * ```ts
 * const options: GetOptions = { encoding: 'utf8' };
 * const { data } = await conn.get('/a', options);
 * ```
 */
export interface GetOptions extends OperationOptions {
  /** Gives the data as a string, as `fs.readFile` does. */
  readonly encoding?: BufferEncoding | null | undefined;
}

/**
 * What a new node is to be.
 *
 * @example
 * ```ts
 * const options: CreateOptions = { flags: CreateFlag.PERSISTENT_WITH_TTL, ttl: 60_000 };
 * await conn.create('/a', 'data', options);
 * ```
 */
export interface CreateOptions extends OperationOptions {
  /** One of {@link CreateFlag}, or `EPHEMERAL | SEQUENCE`; a plain node unless given. */
  readonly flags?: number | undefined;
  /** Who may do what; anyone anything unless given. */
  readonly acl?: readonly ACL[] | undefined;
  /** For nodes with a time to live: milliseconds. */
  readonly ttl?: number | undefined;
}

const none: GetOptions = {};

/**
 * Validates what every operation takes.
 *
 * @returns the signal
 * @throws ZooKeeperError `ZBADARGUMENTS` that names the option
 */
export function checkOperationOptions(call: Call, options: unknown): AbortSignal | undefined {
  return options === undefined
    ? undefined
    : checkSignal(call, checkOptions(call, options)['signal']);
}

/**
 * Validates what reads of data take.
 *
 * @throws ZooKeeperError `ZBADARGUMENTS` that names the option
 */
export function checkGetOptions(call: Call, given: unknown): GetOptions {
  if (given === undefined) return none;
  const { encoding, signal } = checkOptions(call, given);
  if (encoding !== undefined && encoding !== null && !Buffer.isEncoding(encoding as string)) {
    throw badArgument(call, 'encoding must be one that Buffer knows');
  }
  return {
    encoding: encoding as BufferEncoding | null | undefined,
    signal: checkSignal(call, signal),
  };
}
