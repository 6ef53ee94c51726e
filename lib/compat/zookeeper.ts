import { EventEmitter } from 'node:events';
import { inspect } from 'node:util';
import { entriesOf } from './acl.js';
import { checkCallback } from './arguments.js';
import { asConfig, mergedConfig } from './config.js';
import { withStatics } from './constants.js';
import { callLine, eventLine, readLogger } from './logging.js';
import { mkdirp } from './mkdirp.js';
import { Native } from './native.js';
import type {
  acl,
  aclCb,
  child2Cb,
  childCb,
  connectCb,
  dataCb,
  errorText,
  logger,
  mkdirCb,
  pathCb,
  stat,
  statCb,
  valueCb,
  voidCb,
  watchCb,
  ZooKeeperConfig,
} from './types.js';

/** What a constructor takes. */
export type ConfigArgument = ZooKeeperConfig | object | string | null | undefined;

/** What a node holds. Anything that is no view on bytes is taken for its text. */
export type DataArgument = string | Buffer | Uint8Array | null | undefined;

/** The version that a node must have, or -1 for any; nothing stands for 0. */
export type VersionArgument = number | null | undefined;

/** Events whose listeners get the client as their first argument, and not its property `native`. */
const eventsOfClient: ReadonlySet<string> = new Set(['connect', 'close']);

/**
 * The client of npm's `zookeeper`, with callbacks, over this package's connection.
 *
 * Methods that begin with `a_` and `aw_` return 0, and call back once; or a negative result code, and never call back. They
 * throw a TypeError where a callback is missing, or a number is none. `aw_*` have a function called when what they read
 * changes; with `watch` set, `a_*` have the client emit `created`, `deleted`, `changed` or `child` then.
 *
 * Emits `connect` and `close` with the client; `connecting` and the events of nodes with its property `native`. The second
 * argument is the path of the node; with `close` it is 0, or the state in which the session ended by itself.
 */
class ZooKeeper extends EventEmitter {
  /** What the constructor was given. */
  config: ZooKeeperConfig | null | undefined;
  /** The session. */
  native: Native;
  /** What data is decoded with; null for none. */
  encoding: BufferEncoding | null = null;
  /** Takes the log; {@link setLogger}. */
  declare logger: logger | undefined;
  /** Listens while {@link connect} waits. */
  declare errorHandler: (error: Error) => void;
  /** Listens while {@link connect} waits. */
  declare connectHandler: () => void;

  /** @param config - what `init` is to use, or the servers; it goes before what `init` is given */
  constructor(config?: ConfigArgument) {
    super();
    this.config = asConfig(config) as ZooKeeperConfig | null | undefined;
    this.native = new Native((name, first, second, third) => {
      this.#log(() => eventLine(name, '[object Object]', second, third));
      this.emit(name, eventsOfClient.has(name) ? this : first, second, third);
    });
  }

  /**
   * Has calls and events logged.
   *
   * @param logger - takes the lines; true has them on the console, false nowhere
   * @throws Error when it is none of these
   */
  setLogger(logger: logger | boolean): void {
    this.logger = readLogger(logger);
  }

  /** Logs, where there is a logger. */
  log(...values: unknown[]): void {
    this.logger?.(...values);
  }

  /**
   * Begins a session, and returns at once; `connect` is emitted when it is there. A session that there is ends.
   *
   * @throws Error for a `client_id` and a `client_password` that do not go together
   * @throws ZooKeeperError `ZBADARGUMENTS` for servers or a timeout that make no sense
   */
  init(config?: ConfigArgument): this {
    const merged = mergedConfig(config, this.config);
    if (merged.data_as_buffer !== undefined) this.data_as_buffer = merged.data_as_buffer;
    this.#log(() => callLine('init', merged));
    this.native.init(merged);
    return this;
  }

  /**
   * Begins a session, as {@link init}, and calls back when it is there.
   *
   * @param callback - called with null and the client; or with the error that the client emits before that
   */
  connect(callback: connectCb<this>): void;
  connect(config: ConfigArgument, callback: connectCb<this>): void;
  connect(first: ConfigArgument | connectCb<this>, second?: connectCb<this>): void {
    const [config, callback] =
      typeof first === 'function' ? [undefined, first as connectCb<this>] : [first, second];
    checkCallback('callback', callback);
    const call = callback as (error: Error | null, client?: this) => unknown;
    const errorHandler = (error: Error): void => {
      this.off('connect', connectHandler);
      call(error);
    };
    const connectHandler = (): void => {
      this.off('error', errorHandler);
      call(null, this);
    };
    this.errorHandler = errorHandler;
    this.connectHandler = connectHandler;
    this.init(config);
    this.once('error', errorHandler);
    this.once('connect', connectHandler);
  }

  /**
   * Ends the session: callbacks that wait are called with `ZCLOSING`, watches are forgotten, `close` is emitted. Nothing waits
   * for the server; the process stays until it has answered.
   */
  close(): Native {
    this.#log(() => callLine('close', []));
    return this.native.close();
  }

  /** Creates a node. @param flags - `ZOO_EPHEMERAL`, `ZOO_SEQUENCE` and the like; 0 for a plain node */
  a_create(path: string, data: DataArgument, flags: number, pathCb: pathCb): number {
    this.#logCall('a_create', [path, data, flags, pathCb]);
    return this.native.a_create(path, data, flags, pathCb);
  }

  /** Creates a node that the server removes when it was left alone. @param ttl - for so many milliseconds */
  a_createTtl(
    path: string,
    data: DataArgument,
    flags: number,
    ttl: number,
    pathCb: pathCb,
  ): number {
    this.#logCall('a_create_ttl', [path, data, flags, ttl, pathCb]);
    return this.native.a_create_ttl(path, data, flags, ttl, pathCb);
  }

  /** Asks for a node's stat; that there is no such node is `ZNONODE`. */
  a_exists(path: string, watch: boolean, statCb: statCb): number {
    this.#logCall('a_exists', [path, watch, statCb]);
    return this.native.a_exists(path, watch, statCb);
  }

  /** As {@link a_exists}. @param watchCb - also called when a missing node is created */
  aw_exists(path: string, watchCb: watchCb, statCb: statCb): number {
    this.#logCall('aw_exists', [path, watchCb, statCb]);
    return this.native.aw_exists(path, watchCb, statCb);
  }

  /** Asks for a node's data and stat. */
  a_get(path: string, watch: boolean, dataCb: dataCb): number {
    this.#logCall('a_get', [path, watch, dataCb]);
    return this.native.a_get(path, watch, this.#decoding(dataCb));
  }

  /** As {@link a_get}. */
  aw_get(path: string, watchCb: watchCb, dataCb: dataCb): number {
    this.#logCall('aw_get', [path, watchCb, dataCb]);
    return this.native.aw_get(path, watchCb, this.#decoding(dataCb));
  }

  /** Asks for the names of a node's children. */
  a_get_children(path: string, watch: boolean, childCb: childCb): number {
    this.#logCall('a_get_children', [path, watch, childCb]);
    return this.native.a_get_children(path, watch, childCb);
  }

  /** As {@link a_get_children}. */
  aw_get_children(path: string, watchCb: watchCb, childCb: childCb): number {
    this.#logCall('aw_get_children', [path, watchCb, childCb]);
    return this.native.aw_get_children(path, watchCb, childCb);
  }

  /** Asks for the names of a node's children, and its stat. */
  a_get_children2(path: string, watch: boolean, childCb: child2Cb): number {
    this.#logCall('a_get_children2', [path, watch, childCb]);
    return this.native.a_get_children2(path, watch, childCb);
  }

  /** As {@link a_get_children2}. */
  aw_get_children2(path: string, watchCb: watchCb, childCb: child2Cb): number {
    this.#logCall('aw_get_children2', [path, watchCb, childCb]);
    return this.native.aw_get_children2(path, watchCb, childCb);
  }

  /** Sets a node's data. */
  a_set(path: string, data: DataArgument, version: VersionArgument, statCb: statCb): number {
    this.#logCall('a_set', [path, data, version, statCb]);
    return this.native.a_set(path, data, version, statCb);
  }

  /** Removes a node. */
  a_delete_(path: string, version: VersionArgument, voidCb: voidCb): number {
    this.#logCall('a_delete_', [path, version, voidCb]);
    return this.native.a_delete_(path, version, voidCb);
  }

  /** Asks for a node's access control list. */
  a_get_acl(path: string, aclCb: aclCb): number {
    this.#logCall('a_get_acl', [path, aclCb]);
    return this.native.a_get_acl(path, aclCb);
  }

  /**
   * Sets a node's access control list.
   *
   * @param version - the `aversion` that the node must have
   * @throws TypeError when `acl` is no list of objects
   */
  a_set_acl(path: string, version: VersionArgument, acl: acl, voidCb: voidCb): number {
    const entries = entriesOf(acl);
    this.#logCall('a_set_acl', [path, version, entries, voidCb]);
    return this.native.a_set_acl(path, version, entries, voidCb);
  }

  /** Presents a credential. One that is refused is the end of the session: `close` with `ZOO_AUTH_FAILED_STATE`. */
  add_auth(scheme: string, auth: string, voidCb: voidCb): number {
    this.#logCall('add_auth', [scheme, auth, voidCb]);
    return this.native.add_auth(scheme, auth, voidCb);
  }

  /** Creates a node and all that are missing above it. @throws TypeError for a path that is no string */
  mkdirp(path: string, cb: mkdirCb): void {
    checkCallback('cb', cb);
    this.#logCall('mkdirp', [path, cb]);
    mkdirp((...values) => this.a_create(...values), path, cb);
  }

  /** Waits until the server has seen all that the leader had done. */
  a_sync(path: string, cb: valueCb): number {
    // The original's own words.
    this.#log(() => `Calling a_sync ${inspect([path, cb])}`);
    return this.native.a_sync(path, cb);
  }

  /** Asks for the ensemble's configuration. */
  a_getconfig(watch: boolean, dataCb: dataCb): number {
    this.#logCall('a_getconfig', [watch, dataCb]);
    return this.native.a_getconfig(watch, this.#decoding(dataCb));
  }

  /** As {@link a_getconfig}. */
  aw_getconfig(watchCb: watchCb, dataCb: dataCb): number {
    this.#logCall('aw_getconfig', [watchCb, dataCb]);
    return this.native.aw_getconfig(watchCb, this.#decoding(dataCb));
  }

  /**
   * Changes the ensemble. Lists of servers are separated with commas.
   *
   * @param members - the whole membership; null for a change by `joining` and `leaving`
   * @param config_version - the version that the configuration must have, or -1
   */
  a_reconfig(
    joining: string | null,
    leaving: string | null,
    members: string | null,
    config_version: number,
    dataCb: dataCb,
  ): number {
    this.#logCall('a_reconfig', [joining, leaving, members, config_version, dataCb]);
    const decoding = this.#decoding(dataCb);
    return this.native.a_reconfig(joining, leaving, members, config_version, decoding);
  }

  /** Moves the session to other servers, which are resolved in the background. @returns 0, or a code */
  set_servers(servers: string): number {
    this.#logCall('set_servers', [servers]);
    return this.native.set_servers(servers);
  }

  /** The session's state, one of the `ZOO_*_STATE`; 0 without a session. */
  get state(): number {
    return this.native.state;
  }
  set state(value: number) {
    readOnlyProperty('state', value);
  }

  /** The session's timeout in milliseconds, as the server chose it; -1 without a session. */
  get timeout(): number {
    return this.native.timeout;
  }
  set timeout(value: number) {
    readOnlyProperty('timeout', value);
  }

  /** The session's id, in hexadecimal; after the end that of the last one. */
  get client_id(): string {
    return this.native.client_id;
  }
  set client_id(value: string | number) {
    readOnlyProperty('client_id', value);
  }

  /** The session's password, in hexadecimal. */
  get client_password(): string {
    return this.native.client_password;
  }
  set client_password(value: string) {
    readOnlyProperty('client_password', value);
  }

  /** `ZINVALIDSTATE` when the session has ended by itself, and `close` was not emitted yet; otherwise 0. */
  get is_unrecoverable(): number {
    return this.native.is_unrecoverable;
  }
  set is_unrecoverable(value: number) {
    readOnlyProperty('is_unrecoverable', value);
  }

  /** Whether data is given as Buffers. @deprecated use {@link setEncoding} */
  get data_as_buffer(): boolean {
    return !this.encoding;
  }
  set data_as_buffer(value: boolean) {
    this.encoding = value === true ? null : 'utf8';
  }

  /**
   * Has data given as strings; null has it as Buffers.
   *
   * @throws TypeError for an encoding that Buffer does not know
   */
  setEncoding(value: BufferEncoding | null): void {
    if (value && !Buffer.isEncoding(value)) throw new TypeError(`Unknown encoding: ${value}`);
    this.encoding = value;
  }

  /** A callback that decodes as the encoding says when it is called. */
  #decoding(callback: dataCb): dataCb {
    checkCallback('dataCb', callback);
    return (rc: number, error: errorText, stat: stat, data: Buffer | string) => {
      const { encoding } = this;
      const decoded = encoding && Buffer.isBuffer(data) ? data.toString(encoding) : data;
      callback(rc, error, stat, decoded);
    };
  }

  #logCall(name: string, values: unknown[]): void {
    this.#log(() => callLine(name, values));
  }

  #log(line: () => string): void {
    if (this.logger !== undefined) this.log(line());
  }
}

function readOnlyProperty(name: string, _value: unknown): never {
  throw new TypeError(`Cannot assign to read only property '${name}' of a ZooKeeper`);
}

/** {@link ZooKeeper}, with the constants as its properties. */
const ZooKeeperWithStatics = withStatics(ZooKeeper);

export { ZooKeeperWithStatics as ZooKeeper };
