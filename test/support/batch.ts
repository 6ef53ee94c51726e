import { RecordLayout as L } from '../../dist/record-layout.js';

const PAYLOADS = {
  none: L.PAYLOAD_NONE,
  data: L.PAYLOAD_DATA,
  children: L.PAYLOAD_CHILDREN,
  acl: L.PAYLOAD_ACL,
  path: L.PAYLOAD_PATH,
} as const;

export interface FakeStat {
  /** czxid, mzxid, ctime, mtime, ephemeralOwner, pzxid. */
  longs: readonly bigint[];
  /** version, cversion, aversion, dataLength, numChildren. */
  words: readonly number[];
}

export interface FakeReply {
  id: number;
  rc?: number;
  kind?: keyof typeof PAYLOADS;
  payload?: Uint8Array | string;
  count?: number;
  stat?: FakeStat;
  /** Sends the payload as native code sends a large one. */
  blob?: boolean;
}

export interface FakeSession {
  state: number;
  timeout?: number;
  id?: bigint;
  password?: Uint8Array;
  server?: string;
}

/** A batch of records as native code makes them: what `OnBatch` is called with. */
export class FakeBatch {
  readonly #records: Buffer[] = [];
  readonly #blobs: Buffer[] = [];

  reply({ id, rc = 0, kind = 'none', payload = '', count = 0, stat, blob }: FakeReply): this {
    const fixed = Buffer.alloc(stat === undefined ? L.REPLY_BYTES_WITHOUT_STAT : L.REPLY_BYTES);
    const bytes = Buffer.from(payload as Uint8Array);
    put(fixed, L.REPLY_ID, id | 0);
    put(fixed, L.REPLY_CODE, rc);
    put(fixed, L.REPLY_PAYLOAD, PAYLOADS[kind]);
    put(fixed, L.REPLY_HAS_STAT, stat === undefined ? 0 : 1);
    put(fixed, L.REPLY_COUNT, count);
    put(fixed, L.REPLY_LENGTH, bytes.length);
    if (stat !== undefined) {
      for (const [index, value] of stat.longs.entries()) {
        fixed.writeBigInt64LE(value, L.REPLY_STAT + 8 * index);
      }
      for (const [index, value] of stat.words.entries()) {
        put(fixed, L.REPLY_STAT + L.STAT_NUMBERS + 4 * index, value);
      }
    }
    return this.#add(L.REPLY, fixed, bytes, { offset: L.REPLY_BLOB, blob });
  }

  event(type: number, state: number, path: string, { blob = false } = {}): this {
    const fixed = Buffer.alloc(L.EVENT_BYTES);
    const bytes = Buffer.from(path);
    put(fixed, L.EVENT_TYPE, type);
    put(fixed, L.EVENT_STATE, state);
    put(fixed, L.EVENT_LENGTH, bytes.length);
    return this.#add(L.EVENT, fixed, bytes, { offset: L.EVENT_BLOB, blob });
  }

  session({ state, timeout = 0, id = 0n, password, server = '' }: FakeSession): this {
    const fixed = Buffer.alloc(L.SESSION_BYTES);
    put(fixed, L.SESSION_STATE, state);
    put(fixed, L.SESSION_TIMEOUT, timeout);
    fixed.writeBigInt64LE(id, L.SESSION_ID);
    if (password !== undefined) fixed.set(password, L.SESSION_PASSWORD);
    put(fixed, L.SESSION_LENGTH, Buffer.byteLength(server));
    return this.#add(L.SESSION, fixed, Buffer.from(server));
  }

  log(line: string, lost = 0, time = 0): this {
    const fixed = Buffer.alloc(L.LOG_BYTES);
    put(fixed, L.LOG_LOST, lost);
    put(fixed, L.LOG_LENGTH, Buffer.byteLength(line));
    fixed.writeBigInt64LE(BigInt(time), L.LOG_TIME);
    return this.#add(L.LOG, fixed, Buffer.from(line));
  }

  opened(rc = 0, systemError = 0, resolverError = 0): this {
    return this.#end(L.OPENED, rc, systemError, resolverError);
  }

  closed(rc = 0): this {
    return this.#end(L.CLOSED, rc, 0, 0);
  }

  /** The two arguments of `OnBatch`. */
  build(): [ArrayBuffer, Buffer[] | undefined] {
    const all = Buffer.concat(this.#records);
    const records = new ArrayBuffer(all.length);
    new Uint8Array(records).set(all);
    return [records, this.#blobs.length === 0 ? undefined : this.#blobs];
  }

  #end(kind: number, rc: number, systemError: number, resolverError: number): this {
    const fixed = Buffer.alloc(L.END_RESOLVER + 8);
    put(fixed, L.END_CODE, rc);
    put(fixed, L.END_ERRNO, systemError);
    put(fixed, L.END_RESOLVER, resolverError);
    return this.#add(kind, fixed, Buffer.alloc(0));
  }

  #add(
    kind: number,
    fixed: Buffer,
    variable: Buffer,
    large?: { offset: number; blob: boolean | undefined },
  ): this {
    const isBlob = large?.blob === true;
    if (large !== undefined) put(fixed, large.offset, isBlob ? this.#blobs.length : -1);
    if (isBlob) this.#blobs.push(variable);
    const size = fixed.length + (isBlob ? 0 : variable.length);
    const record = Buffer.alloc(Math.ceil(size / 8) * 8);
    record.set(fixed);
    if (!isBlob) record.set(variable, fixed.length);
    put(record, L.SIZE, record.length);
    put(record, L.KIND, kind);
    this.#records.push(record);
    return this;
  }
}

/** Every machine that Node.js runs on these days has its numbers in this order. */
function put(record: Buffer, offset: number, value: number): void {
  record.writeInt32LE(value, offset);
}
