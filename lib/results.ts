import type { Reply } from './records.js';
import type { Stat } from './stat.js';
import type { Watch } from './watch.js';

/**
 * What {@link Conn.get} resolves to.
 *
 * @example
 * ```ts
 * const { data, stat }: DataResult = await conn.get('/a');
 * const text: DataResult<string> = await conn.get('/a', { encoding: 'utf8' });
 * ```
 */
export interface DataResult<T = Buffer> {
  /** The node's data; empty when the node has none. */
  readonly data: T;
  readonly stat: Stat;
}

/**
 * What {@link Conn.children} resolves to.
 *
 * @example
 * ```ts
 * const { children, stat }: ChildrenResult = await conn.children('/');
 * ```
 */
export interface ChildrenResult {
  /** Names, not paths, in the server's order. */
  readonly children: string[];
  readonly stat: Stat;
}

/**
 * What {@link Conn.exists} is about, with a watch.
 *
 * @example
 * ```ts
 * const { stat }: ExistsResult = await conn.existsW('/a');
 * ```
 */
export interface ExistsResult {
  /** Null when there is no such node. */
  readonly stat: Stat | null;
}

/**
 * A result, and the watch that was registered with it.
 *
 * @example
 * ```ts
 * const { children, watch }: Watched<ChildrenResult> = await conn.childrenW('/');
 * ```
 */
export type Watched<T> = T & { readonly watch: Watch };

/** The result of a read of data. @param encoding - gives the data as a string */
export function dataResult(
  reply: Reply,
  encoding: BufferEncoding | null | undefined,
): DataResult<string | Buffer> {
  const stat = reply.stat as Stat;
  return { data: encoding ? reply.data.toString(encoding) : reply.data, stat };
}
