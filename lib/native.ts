import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { CreateFlag, EventType, LogLevel, Perm, State } from './constants.js';
import { ErrorCode } from './error-code.js';
import { RecordLayout } from './record-layout.js';

/**
 * The whole native surface: what `native/` offers, and nothing else does. All of it runs on the JavaScript thread, and
 * nothing of it waits, but for {@link Addon.awaitOpen} as long as it is told to. A connection is a number.
 */
export interface Addon {
  /** Tables of the C library's numbers, by the names of `lib/constants.ts` and `lib/error-code.ts`. */
  readonly constants: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** The offsets of `native/record_layout.h`, by the names of `lib/record-layout.ts`. */
  readonly recordLayout: Readonly<Record<string, number>>;
  /** `zoo_set_debug_level`; process-wide. */
  setLogLevel(level: number): void;
  /** Whether the process has an OpenSSL that TLS can be made with. */
  hasTls(): boolean;
  /** Opens the system's SASL library: 0 there is none, 1 it lacks the mechanism, 2 it has it. */
  findSasl(mechanism: string): 0 | 1 | 2;
  /** `zerror` */
  errorMessage(code: number): string;
  /** `strerror` */
  systemErrorMessage(errno: number): string;
  /** The name that Node.js gives a code of `getaddrinfo`: `'ENOTFOUND'`. */
  resolverErrorName(code: number): string;

  /**
   * Starts a connection's own thread, which calls `zookeeper_init_sasl`. The connection then keeps the process alive until
   * {@link release}, or {@link unref}.
   *
   * @param servers - `host:port,host:port/chroot`
   * @param sessionTimeout - milliseconds
   * @param resolutionDelay - how often to resolve names while connected, in milliseconds, or -1
   * @param sessionId - the session to resume, with its password of 16 bytes; null for neither
   * @param credentials - packed as `native/acl.h` says, certificates for ids
   * @param tls - packed by `lib/tls-options.ts`; null for none
   * @param sasl - packed by `lib/sasl-options.ts`; null for none
   * @param maxFrame - the most bytes that a reply may have
   * @returns the connection's number, or -1 when there can be none
   */
  open(
    onBatch: OnBatch,
    servers: string,
    sessionTimeout: number,
    resolutionDelay: number,
    shuffleAddresses: boolean,
    sessionId: bigint | null,
    password: Uint8Array | null,
    credentials: Uint8Array,
    tls: Uint8Array | null,
    sasl: Uint8Array | null,
    readOnly: boolean,
    maxFrame: number,
  ): number;
  /** How `zookeeper_init_sasl` stands, once it is done or so many milliseconds are over: 0 not done, 1 open, 2 failed. */
  awaitOpen(client: number, timeout: number): 0 | 1 | 2;
  /** The errno of a failed `zookeeper_init_sasl`, or 0. */
  openSystemError(client: number): number;
  /** A code of `getaddrinfo` that explains it, or 0. */
  openResolverError(client: number): number;
  /**
   * Has the connection's own thread call `zookeeper_close`; a CLOSED record says when it returned.
   *
   * @returns false when there is no such thread, and will be no record
   */
  close(client: number): boolean;
  /** Waits, at most so many milliseconds, until the C client's threads are gone. To be called after {@link close}. */
  awaitEnd(client: number, timeout: number): boolean;
  /** Lets go of everything. To be called once CLOSED was seen. */
  release(client: number): void;
  /**
   * Has `onBatch` called again: at once, for what came since it was last called, or when something comes. To be called in a
   * later turn of the event loop than that.
   */
  rearm(client: number): void;
  /** Stops keeping the process alive. */
  unref(client: number): void;

  // Requests return the C library's code; 0 promises one reply record with the request's id, unless the connection is
  // closed first. Null data is no data; a null ACL is the open one.

  /** `zoo_awget` */
  get(client: number, id: number, path: string, watch: boolean): number;
  /** `zoo_awget_children2` */
  children(client: number, id: number, path: string, watch: boolean): number;
  /** `zoo_awexists` */
  exists(client: number, id: number, path: string, watch: boolean): number;
  /** `zoo_acreate_ttl`, or `zoo_acreate2_ttl` with a stat. `ttl` is in milliseconds, or -1. */
  create(
    client: number,
    id: number,
    path: string,
    data: Uint8Array | null,
    acl: Uint8Array | null,
    mode: number,
    ttl: number,
    withStat: boolean,
  ): number;
  /** `zoo_aset` */
  set(client: number, id: number, path: string, data: Uint8Array | null, version: number): number;
  /** `zoo_adelete` */
  delete(client: number, id: number, path: string, version: number): number;
  /** `zoo_aget_acl` */
  getAcl(client: number, id: number, path: string): number;
  /** `zoo_aset_acl` */
  setAcl(client: number, id: number, path: string, acl: Uint8Array | null, version: number): number;
  /** `zoo_async` */
  sync(client: number, id: number, path: string): number;
  /**
   * `zoo_awgetconfig`. Below a chroot the watch's event comes with an empty path, since the C client would cut the chroot's
   * length off the one that it has, or not.
   */
  getConfig(client: number, id: number, watch: boolean, belowChroot: boolean): number;
  /** `zoo_areconfig`. Lists with commas, empty for none; a version of -1 is any. The reply is that of a {@link get}. */
  reconfig(
    client: number,
    id: number,
    joining: string,
    leaving: string,
    members: string,
    version: bigint,
  ): number;
  /** `zoo_amulti`. `ops` is packed as `native/record_layout.h` says. */
  multi(client: number, id: number, ops: Uint8Array): number;
  /**
   * Has the connection's own thread resolve other servers, `host:port,host:port`, and use them from now on: `zoo_set_servers`.
   * Of use before the handle is open, too. A reply that is none of the C client's says how it went.
   */
  setServers(client: number, id: number, servers: string): number;
  /** `zoo_add_auth`; one at a time, and only while nothing else is in flight (trap 10). */
  addAuth(client: number, id: number, scheme: string, certificate: Uint8Array): number;
  /** `zoo_aremove_all_watches`; 1 is children's watches, 2 those of data and existence. */
  removeWatches(client: number, id: number, path: string, type: 1 | 2): number;
}

/** A payload that is too large to lie among the records: a string, if it is the names of children. */
export type LargePayload = Buffer | string;

/**
 * Takes what came up since the last call: records, one after the other, as `lib/record-layout.ts` says, and the payloads
 * that were too large to lie among them. May be called several times in a row; then not again before {@link Addon.rearm}.
 * Must not throw.
 */
export type OnBatch = (records: ArrayBuffer, blobs: readonly LargePayload[] | undefined) => void;

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
