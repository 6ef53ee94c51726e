import { untilAbort } from './abort.js';
import { type ACL, packACL } from './acl.js';
import {
  checkData,
  checkFlags,
  checkOptions,
  checkSignal,
  checkTTL,
  type Data,
} from './arguments.js';
import { badArgument, type Call, shown } from './bad-arguments.js';
import type { Conn } from './conn.js';
import { ErrorCode } from './error-code.js';
import { isError } from './errors.js';
import { checkPath } from './path.js';
import type { Stat } from './stat.js';

/**
 * Computes a node's new data from the old: an empty Buffer and null when there is no such node. It may be called several
 * times, with other data each time, so that it must have no effect but its result; what it throws ends the change. gozk's
 * `ChangeFunc`.
 *
 * @example
 * ```ts
 * const increment: ChangeFunction = (old) => `${Number(old.toString()) + 1}`;
 * await conn.retryChange('/counter', increment);
 * ```
 */
export type ChangeFunction = (oldData: Buffer, oldStat: Stat | null) => Data | Promise<Data>;

/**
 * How a changed node is to be created, when it has to be.
 *
 * @example
 * ```ts
 * const options: RetryChangeOptions = { signal: AbortSignal.timeout(5000) };
 * await conn.retryChange('/counter', (old) => `${Number(old.toString()) + 1}`, options);
 * ```
 */
export interface RetryChangeOptions {
  /** One of {@link CreateFlag}; of no effect on a node that exists. */
  readonly flags?: number | undefined;
  /** Who may do what; of no effect on a node that exists. */
  readonly acl?: readonly ACL[] | undefined;
  /** Gives up: the call rejects with the signal's reason. A change may have been made. */
  readonly signal?: AbortSignal | undefined;
}

type Node = { readonly data: Buffer; readonly stat: Stat | null };

async function read(conn: Conn, path: string, signal: AbortSignal | undefined): Promise<Node> {
  try {
    return await conn.get(path, { signal });
  } catch (error) {
    if (isError(error, ErrorCode.ZNONODE)) return { data: Buffer.alloc(0), stat: null };
    throw error;
  }
}

/** Whether somebody else was faster: the node came, went or changed since it was read. */
function isConflict(error: unknown, oldStat: Stat | null): boolean {
  if (oldStat === null) return isError(error, ErrorCode.ZNODEEXISTS);
  return isError(error, ErrorCode.ZBADVERSION) || isError(error, ErrorCode.ZNONODE);
}

/** Runs the algorithm that {@link Conn.retryChange} documents. */
export async function retryChange(
  conn: Conn,
  path: string,
  change: ChangeFunction,
  given: RetryChangeOptions | undefined,
): Promise<void> {
  const call: Call = { op: 'retryChange', path: checkPath({ op: 'retryChange' }, path) };
  if (typeof change !== 'function') {
    throw badArgument(call, `change must be a function, not ${shown(change)}`);
  }
  const options = checkOptions(call, given) as RetryChangeOptions;
  const signal = checkSignal(call, options.signal);
  const { flags = 0, acl } = options;
  checkTTL(call, checkFlags(call, flags), undefined);
  if (acl !== undefined) packACL(call, acl);
  for (;;) {
    const { data: oldData, stat: oldStat } = await read(conn, path, signal);
    // The change gets a copy: were it to work in place, its result would always equal what it began with.
    const changed = await untilAbort(signal, change(Buffer.from(oldData), oldStat));
    signal?.throwIfAborted();
    const newData = checkData(call, 'the data that change returned', changed) ?? Buffer.alloc(0);
    if (oldStat !== null && oldData.equals(newData)) return;
    try {
      if (oldStat === null) await conn.create(path, newData, { flags, acl, signal });
      else await conn.set(path, newData, oldStat.version, { signal });
      return;
    } catch (error) {
      if (!isConflict(error, oldStat)) throw error;
    }
  }
}
