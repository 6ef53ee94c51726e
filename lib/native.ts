import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { CreateFlag, EventType, LogLevel, Perm, State } from './constants.js';
import { ErrorCode } from './error-code.js';
import { RecordLayout } from './record-layout.js';

/**
 * The whole native surface: what `native/` offers, and nothing else does. All of it runs on the JavaScript thread, and
 * nothing of it waits, but for {@link NativeClient.open} as long as it is told to.
 */
export interface Addon {
  readonly Client: new (onBatch: OnBatch) => NativeClient;
  /** Tables of the C library's numbers, by the names of `lib/constants.ts` and `lib/error-code.ts`. */
  readonly constants: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** The offsets of `native/record_layout.h`, by the names of `lib/record-layout.ts`. */
  readonly recordLayout: Readonly<Record<string, number>>;
  /** `zoo_set_debug_level`; process-wide. */
  setLogLevel(level: number): void;
  /** `zerror` */
  errorMessage(code: number): string;
  /** `strerror` */
  systemErrorMessage(errno: number): string;
  /** The name that Node.js gives a code of `getaddrinfo`: `'ENOTFOUND'`. */
  resolverErrorName(code: number): string;
}

/**
 * Takes what came up since the last call: records, one after the other, as `lib/record-layout.ts` says, and the payloads
 * that were too large to lie among them. Must not throw.
 */
export type OnBatch = (records: ArrayBuffer, blobs: readonly Buffer[] | undefined) => void;

/** What a connection is opened with; validated by `lib/dial-options.ts`. */
export interface NativeOpenOptions {
  /** `host:port,host:port/chroot` */
  readonly servers: string;
  /** milliseconds */
  readonly sessionTimeout: number;
  /** milliseconds, or -1: `zoo_set_servers_resolution_delay` */
  readonly resolutionDelay: number;
  readonly shuffleAddresses: boolean;
  /** The session to resume; only with {@link password}. */
  readonly sessionId?: bigint | undefined;
  /** 16 bytes */
  readonly password?: Buffer | undefined;
  /** scheme, certificate, scheme, certificate, … */
  readonly credentials: readonly (string | Buffer)[];
}

/** How `zookeeper_init` stands: 0 not done, 1 open, 2 failed. */
export interface NativeOpenResult {
  readonly state: 0 | 1 | 2;
  /** errno, or 0 */
  readonly systemError: number;
  /** a code of `getaddrinfo`, or 0 */
  readonly resolverError: number;
}

/**
 * One connection. Requests return the C library's code; 0 promises one reply record with the request's id, unless the
 * connection is closed first. Null data is no data; a null ACL is the open one.
 */
export interface NativeClient {
  /**
   * Starts the connection's own thread, which calls `zookeeper_init2`, and waits for that at most `waitMs`. The object then
   * keeps the process alive until {@link release}, or {@link unref}.
   */
  open(options: NativeOpenOptions, waitMs: number): NativeOpenResult;
  /**
   * Has the connection's own thread call `zookeeper_close`; a CLOSED record says when it returned.
   *
   * @returns false when there is no such thread, and will be no record
   */
  close(): boolean;
  /** Lets go of everything. To be called once CLOSED was seen. */
  release(): void;
  /** Stops keeping the process alive. */
  unref(): void;

  /** `zoo_awget` */
  get(id: number, path: string, watch: boolean): number;
  /** `zoo_awget_children2` */
  children(id: number, path: string, watch: boolean): number;
  /** `zoo_awexists` */
  exists(id: number, path: string, watch: boolean): number;
  /** `zoo_acreate_ttl`, or `zoo_acreate2_ttl` with a stat. `ttl` is in milliseconds, or -1. */
  create(
    id: number,
    path: string,
    data: Uint8Array | null,
    acl: Uint8Array | null,
    mode: number,
    ttl: number,
    withStat: boolean,
  ): number;
  /** `zoo_aset` */
  set(id: number, path: string, data: Uint8Array | null, version: number): number;
  /** `zoo_adelete` */
  delete(id: number, path: string, version: number): number;
  /** `zoo_aget_acl` */
  getAcl(id: number, path: string): number;
  /** `zoo_aset_acl` */
  setAcl(id: number, path: string, acl: Uint8Array | null, version: number): number;
  /** `zoo_async` */
  sync(id: number, path: string): number;
  /** `zoo_add_auth`; one at a time, and only while nothing else is in flight (trap 10). */
  addAuth(id: number, scheme: string, certificate: Uint8Array): number;
  /** `zoo_aremove_all_watches`; 1 is children's watches, 2 those of data and existence. */
  removeWatches(id: number, path: string, type: 1 | 2): number;
}

/** Refuses an addon that was built from another version of the sources, or against another C library. */
function checkNumbers(
  ours: Readonly<Record<string, number>>,
  theirs: Readonly<Record<string, number>> | undefined,
  what: string,
): void {
  for (const [name, number] of Object.entries(theirs ?? {})) {
    if (ours[name] !== number) {
      throw new Error(
        `libzookeeper: the addon does not fit: ${what}.${name} is ${number} there and ${ours[name]} here; build it again`,
      );
    }
  }
}

function load(): Addon {
  const require = createRequire(import.meta.url);
  const nodeGypBuild = require('node-gyp-build') as (directory: string) => Addon;
  const loaded = nodeGypBuild(fileURLToPath(new URL('..', import.meta.url)));
  const tables = { CreateFlag, Perm, EventType, State, ErrorCode, LogLevel };
  for (const [name, table] of Object.entries(tables)) {
    checkNumbers(table, loaded.constants[name], name);
  }
  checkNumbers(RecordLayout, loaded.recordLayout, 'RecordLayout');
  return loaded;
}

/** The addon, loaded once for each thread of the process. */
export const addon: Addon = load();
