import { littleEndian } from './packed.js';
import { RecordLayout } from './record-layout.js';

/**
 * What the server knows about a node, besides its data. gozk's `Stat`; from `struct Stat`.
 *
 * @example
 * ```ts
 * const { stat }: { stat: Stat } = await conn.get('/a');
 * console.log(stat.version, stat.mtime.toISOString());
 * ```
 */
export interface Stat {
  /** The transaction that created the node. */
  readonly czxid: bigint;
  /** The transaction that last changed its data. */
  readonly mzxid: bigint;
  /** The transaction that last changed its list of children. */
  readonly pzxid: bigint;
  /** The id of the session that an ephemeral node belongs to; 0n for other nodes. */
  readonly ephemeralOwner: bigint;
  /** When the node was created, by the server's clock. */
  readonly ctime: Date;
  /** When its data was last changed, by the server's clock. */
  readonly mtime: Date;
  /** How often its data was changed. */
  readonly version: number;
  /** How often its list of children was changed. */
  readonly cversion: number;
  /** How often its ACL was changed. */
  readonly aversion: number;
  /** Bytes of data. */
  readonly dataLength: number;
  /** How many children it has. */
  readonly numChildren: number;
}

/** Which half of a 64-bit number comes first. */
const [LOW, HIGH] = littleEndian ? [0, 1] : [1, 0];

/** Reads milliseconds, by halves: as one they would be a bigint in between. */
function readDate(words: Int32Array, at: number): Date {
  return new Date((words[at + HIGH] as number) * 2 ** 32 + ((words[at + LOW] as number) >>> 0));
}

/**
 * Reads a stat.
 *
 * @param words - the memory that it is in, as 32-bit numbers
 * @param longs - the same, as 64-bit numbers
 * @param start - where it starts there, in bytes
 */
export function readStat(words: Int32Array, longs: BigInt64Array, start: number): Stat {
  const long = start >> 3;
  const word = (start + RecordLayout.STAT_NUMBERS) >> 2;
  return {
    czxid: longs[long] as bigint,
    mzxid: longs[long + 1] as bigint,
    pzxid: longs[long + 5] as bigint,
    ephemeralOwner: longs[long + 4] as bigint,
    ctime: readDate(words, 2 * (long + 2)),
    mtime: readDate(words, 2 * (long + 3)),
    version: words[word] as number,
    cversion: words[word + 1] as number,
    aversion: words[word + 2] as number,
    dataLength: words[word + 3] as number,
    numChildren: words[word + 4] as number,
  };
}
