import { RecordLayout as L } from './record-layout.js';
import { readStat, type Stat } from './stat.js';

/** What became of the ops of a transaction, in their order. */
export interface Outcomes {
  /** The C library's codes; 0 is success, or what would have been. */
  readonly codes: readonly number[];
  /** The path that an op created, the stat of the node that it set, or undefined. */
  readonly results: readonly (string | Stat | undefined)[];
}

/**
 * Reads a payload of outcomes.
 *
 * @param payload - of a reply
 * @param count - how many they are
 */
export function readOutcomes(payload: Buffer, count: number): Outcomes {
  const { buffer, byteOffset, length } = aligned(payload);
  const words = new Int32Array(buffer, byteOffset, length / 4);
  const longs = new BigInt64Array(buffer, byteOffset, length / 8);
  const codes: number[] = [];
  const results: (string | Stat | undefined)[] = [];
  let at = 0;
  for (let index = 0; index < count; index += 1) {
    codes.push(words[(at + L.OUTCOME_CODE) / 4] as number);
    const kind = words[(at + L.OUTCOME_KIND) / 4];
    at += L.OUTCOME_BYTES;
    if (kind === L.OUTCOME_STAT) {
      results.push(readStat(words, longs, at));
      at += L.STAT_BYTES;
    } else if (kind === L.OUTCOME_PATH) {
      const path = at + 4;
      const end = path + (words[at / 4] as number);
      results.push(payload.toString('utf8', path, end));
      at = (end + 7) & ~7;
    } else {
      results.push(undefined);
    }
  }
  return { codes, results };
}

/** It lies in its batch as native code laid it; by itself, it lies where the runtime saw fit. */
function aligned(payload: Buffer): Uint8Array {
  return payload.byteOffset % 8 === 0 ? payload : new Uint8Array(payload);
}
