import type { Reply } from './records.js';
import type { Stat } from './stat.js';
import type { Watch } from './watch.js';

/** What {@link Conn.get} resolves to. */
export interface DataResult<T = Buffer> {
  /** The node's data; empty when the node has none. */
  readonly data: T;
  readonly stat: Stat;
}

/** What {@link Conn.children} resolves to. */
export interface ChildrenResult {
  /** Names, not paths, in the server's order. */
  readonly children: string[];
  readonly stat: Stat;
}

/** What {@link Conn.exists} is about, with a watch. */
export interface ExistsResult {
  /** Null when there is no such node. */
  readonly stat: Stat | null;
}

/** A result, and the watch that was registered with it. */
export type Watched<T> = T & { readonly watch: Watch };

/** The result of a read of data. @param encoding - gives the data as a string */
export function dataResult(
  reply: Reply,
  encoding: BufferEncoding | null | undefined,
): DataResult<string | Buffer> {
  const stat = reply.stat as Stat;
  return { data: encoding ? reply.data.toString(encoding) : reply.data, stat };
}
