import { expect, it } from 'vitest';
import { readOutcomes } from '../../dist/outcomes.js';
import { RecordLayout as L } from '../../dist/record-layout.js';

/** One outcome, as native code lays it out. */
function outcome(code: number, kind: number, said: Buffer = Buffer.alloc(0)): Buffer {
  const fixed = Buffer.alloc(L.OUTCOME_BYTES);
  fixed.writeInt32LE(code, L.OUTCOME_CODE);
  fixed.writeInt32LE(kind, L.OUTCOME_KIND);
  return Buffer.concat([fixed, said, Buffer.alloc(-said.length & 7)]);
}

function text(value: string): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32LE(Buffer.byteLength(value));
  return Buffer.concat([length, Buffer.from(value)]);
}

function stat(czxid: bigint, version: number): Buffer {
  const bytes = Buffer.alloc(L.STAT_BYTES);
  bytes.writeBigInt64LE(czxid, 0);
  bytes.writeInt32LE(version, L.STAT_NUMBERS);
  return bytes;
}

const payload = Buffer.concat([
  outcome(0, L.OUTCOME_PATH, text('/ä')),
  outcome(0, L.OUTCOME_STAT, stat(2n ** 62n, 7)),
  outcome(-101, L.OUTCOME_NONE),
  outcome(0, L.OUTCOME_PATH, text('/a-0000000001')),
  outcome(0, L.OUTCOME_STAT, stat(-1n, -1)),
]);

it.each([0, 1, 4, 8])(
  'outcomes of ops have codes, paths and stats, wherever they lie: %d bytes into their memory',
  (offset) => {
    const memory = Buffer.from(new ArrayBuffer(offset + payload.length));
    payload.copy(memory, offset);
    const { codes, results } = readOutcomes(memory.subarray(offset), 5);
    expect(codes).toEqual([0, 0, -101, 0, 0]);
    expect(results).toEqual([
      '/ä',
      expect.objectContaining({ czxid: 2n ** 62n, version: 7 }),
      undefined,
      '/a-0000000001',
      expect.objectContaining({ czxid: -1n, version: -1 }),
    ]);
  },
);
