import { type ACL, unpackACL } from './acl.js';
import { ChildNames } from './child-names.js';
import { ClientId } from './client-id.js';
import type { EventType, State } from './constants.js';
import { ZooKeeperEvent } from './event.js';
import type { FaultRecord } from './fault.js';
import type { LargePayload } from './native.js';
import { type Outcomes, readOutcomes } from './outcomes.js';
import { RecordLayout as L } from './record-layout.js';
import { readStat, type Stat } from './stat.js';

/** What one request was answered with. */
export interface Reply {
  /** The C library's code; 0 is success. */
  readonly rc: number;
  /** The node's stat, where the operation has one. */
  readonly stat: Stat | undefined;
  /** The node's data; empty where there is none. */
  readonly data: Buffer;
  /** Whether the node has null for data, which is told from an empty one here only. */
  readonly isNullData: boolean;
  /** The names of the children. */
  readonly children: ChildNames;
  /** The entries of the node's ACL. */
  readonly acl: ACL[];
  /** The path that was created. */
  readonly createdPath: string;
  /** What became of the ops of a transaction. */
  readonly outcomes: Outcomes;
  /** Of a change of servers: a code of `getaddrinfo` that explains the failure, or 0. */
  readonly resolverError: number;
  /** Whether there is no reply: the request never got as far as the C client. */
  readonly isUnsent: boolean;
}

/** What the C client said of the session, with its identity at that moment. */
export interface SessionRecord {
  readonly state: State;
  /** The negotiated timeout, in milliseconds. */
  readonly timeout: number;
  readonly clientId: ClientId;
  /** `host:port`, or empty while there is no connection. */
  readonly server: string;
}

/** A line of the C client's log. */
export interface LogRecord {
  /** As the C client wrote it. */
  readonly line: string;
  /** When it was said. */
  readonly time: Date;
  /** How many were lost before it. */
  readonly lost: number;
}

/** How `zookeeper_init` or `zookeeper_close` ended. */
export interface EndRecord {
  readonly rc: number;
  /** errno, or 0 */
  readonly systemError: number;
  /** a code of `getaddrinfo`, or 0 */
  readonly resolverError: number;
}

// What most replies have nothing of; one of each for all of them.
const noData = Buffer.alloc(0);
const noEntries = Object.freeze([]) as unknown as ACL[];
const noOutcomes: Outcomes = Object.freeze({ codes: [], results: [] });

/** A reply that holds a code, perhaps a stat, and nothing else. */
export function emptyReply(rc: number, stat?: Stat, resolverError = 0, isUnsent = false): Reply {
  return {
    rc,
    stat,
    data: noData,
    isNullData: false,
    children: ChildNames.none,
    acl: noEntries,
    createdPath: '',
    outcomes: noOutcomes,
    resolverError,
    isUnsent,
  };
}

/** What a request comes to that the C client never got, or refused. */
export function unsentReply(rc: number): Reply {
  return emptyReply(rc, undefined, 0, true);
}

/**
 * Reads the records of one batch, one after the other: the only place that knows their layout. What a reader gives may be a
 * view on the batch, which is small and belongs to nobody else.
 */
export class BatchReader {
  readonly #words: Int32Array;
  readonly #longs: BigInt64Array;
  readonly #bytes: Buffer;
  readonly #blobs: readonly LargePayload[];
  #start = 0;

  constructor(records: ArrayBuffer, blobs: readonly LargePayload[] | undefined) {
    this.#words = new Int32Array(records);
    this.#longs = new BigInt64Array(records);
    this.#bytes = Buffer.from(records);
    this.#blobs = blobs ?? [];
  }

  /** Whether there is a record left. */
  get hasRecord(): boolean {
    return this.#start < this.#bytes.length;
  }

  /** The kind of the record that the reader stands at. */
  get kind(): number {
    return this.#word(L.KIND);
  }

  /** Goes on to the next record. */
  advance(): void {
    this.#start += this.#word(L.SIZE);
  }

  /** The id of the request that a REPLY answers. */
  get replyId(): number {
    return this.#word(L.REPLY_ID) >>> 0;
  }

  /** Reads a REPLY. */
  reply(): Reply {
    const rc = this.#word(L.REPLY_CODE);
    const hasStat = this.#word(L.REPLY_HAS_STAT) === 1;
    const stat = hasStat
      ? readStat(this.#words, this.#longs, this.#start + L.REPLY_STAT)
      : undefined;
    const kind = this.#word(L.REPLY_PAYLOAD);
    const count = this.#word(L.REPLY_COUNT);
    if (kind === L.PAYLOAD_NONE) return emptyReply(rc, stat, count);

    const payload = this.#variable(
      hasStat ? L.REPLY_BYTES : L.REPLY_BYTES_WITHOUT_STAT,
      L.REPLY_LENGTH,
      L.REPLY_BLOB,
    );
    return {
      rc,
      stat,
      data: kind === L.PAYLOAD_DATA ? (payload as Buffer) : noData,
      isNullData: kind === L.PAYLOAD_DATA && count < 0,
      children: kind === L.PAYLOAD_CHILDREN ? new ChildNames(payload, count) : ChildNames.none,
      acl: kind === L.PAYLOAD_ACL ? unpackACL(payload as Buffer, count) : noEntries,
      createdPath: kind === L.PAYLOAD_PATH ? payload.toString() : '',
      outcomes: kind === L.PAYLOAD_OUTCOMES ? readOutcomes(payload as Buffer, count) : noOutcomes,
      resolverError: 0,
      isUnsent: false,
    };
  }

  /** Reads an EVENT. */
  event(): ZooKeeperEvent {
    const path = this.#variable(L.EVENT_BYTES, L.EVENT_LENGTH, L.EVENT_BLOB).toString();
    return new ZooKeeperEvent(
      this.#word(L.EVENT_TYPE) as EventType,
      this.#word(L.EVENT_STATE) as State,
      path,
    );
  }

  /** Reads a SESSION. */
  session(): SessionRecord {
    const password = this.#start + L.SESSION_PASSWORD;
    const id = this.#longs[(this.#start + L.SESSION_ID) >> 3] as bigint;
    return {
      state: this.#word(L.SESSION_STATE) as State,
      timeout: this.#word(L.SESSION_TIMEOUT),
      clientId: new ClientId(id, this.#bytes.subarray(password, password + 16)),
      server: this.#inline(L.SESSION_BYTES, L.SESSION_LENGTH).toString(),
    };
  }

  /** Reads a LOG. */
  log(): LogRecord {
    return {
      line: this.#inline(L.LOG_BYTES, L.LOG_LENGTH).toString(),
      time: new Date(Number(this.#longs[(this.#start + L.LOG_TIME) >> 3])),
      lost: this.#word(L.LOG_LOST),
    };
  }

  /** Reads a FAULT. */
  fault(): FaultRecord {
    const from = this.#start + L.FAULT_BYTES;
    const name = from + this.#word(L.FAULT_SERVER_LENGTH);
    const reason = name + this.#word(L.FAULT_NAME_LENGTH);
    const text = (begin: number, end: number): string =>
      this.#bytes.subarray(begin, end).toString();
    return {
      kind: this.#word(L.FAULT_KIND),
      number: this.#word(L.FAULT_NUMBER),
      addresses: this.#word(L.FAULT_ADDRESSES),
      server: text(from, name),
      name: text(name, reason),
      reason: text(reason, reason + this.#word(L.FAULT_REASON_LENGTH)),
    };
  }

  /** Reads an OPENED or a CLOSED. */
  end(): EndRecord {
    return {
      rc: this.#word(L.END_CODE),
      systemError: this.#word(L.END_ERRNO),
      resolverError: this.#word(L.END_RESOLVER),
    };
  }

  #word(offset: number): number {
    return this.#words[(this.#start + offset) >> 2] as number;
  }

  #inline(fixed: number, lengthOffset: number): Buffer {
    const from = this.#start + fixed;
    return this.#bytes.subarray(from, from + this.#word(lengthOffset));
  }

  #variable(fixed: number, lengthOffset: number, blobOffset: number): LargePayload {
    const blob = this.#word(blobOffset);
    return blob < 0 ? this.#inline(fixed, lengthOffset) : (this.#blobs[blob] as LargePayload);
  }
}
