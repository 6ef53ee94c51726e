import { ClientId } from '../client-id.js';
import { CONFIG_NODE } from '../config.js';
import { CreateFlag } from '../constants.js';
import { ErrorCode } from '../error-code.js';
import type { WatchKind } from '../watch.js';
import { CONFIG_BELOW_CHROOT } from '../watch-tables.js';
import { packEntries } from './acl.js';
import { checkCallback, isPath, toBytes, toInt32, toInt64, toText } from './arguments.js';
import { readConfig, readServers } from './config.js';
import { constants } from './constants.js';
import * as exchanges from './exchanges.js';
import { passwordText, sessionIdText } from './identity.js';
import type { Callback } from './pending-callbacks.js';
import { Session } from './session.js';
import type { watchCb, ZooKeeperConfig } from './types.js';

/** Whom an event is handed to: `emit` of the client. */
export type Emit = (name: string, first: unknown, second: unknown, third: unknown) => void;

/** The flags of a node whose path the server completes. */
const sequential: ReadonlySet<number> = new Set([
  CreateFlag.SEQUENCE,
  CreateFlag.EPHEMERAL | CreateFlag.SEQUENCE,
  CreateFlag.PERSISTENT_SEQUENTIAL_WITH_TTL,
]);

const withTtl: ReadonlySet<number> = new Set([
  CreateFlag.PERSISTENT_WITH_TTL,
  CreateFlag.PERSISTENT_SEQUENTIAL_WITH_TTL,
]);

/** No time to live. */
const NO_TTL = -1;

type Read = (path: string, watch: boolean) => exchanges.Exchange;

/**
 * What a client keeps in its property `native`, and hands to the listeners of its node events: the session as it stands, and
 * the requests as the C client knows them. It outlives its sessions: a client may be opened again.
 *
 * Requests return 0, and call back once; or a negative code, and never do.
 */
export class Native {
  #session: Session | undefined;
  #lastIdentity = new ClientId(0n, Buffer.alloc(16));
  readonly #emit: Emit;

  /** @param emit - takes the events */
  constructor(emit: Emit) {
    this.#emit = emit;
  }

  /** The session's state; 0 without a session. */
  get state(): number {
    return this.#session?.state ?? 0;
  }

  /** The session's timeout in milliseconds; -1 without a session. */
  get timeout(): number {
    return this.#session?.timeout ?? -1;
  }

  /** The id of the session, or of the last one. */
  get client_id(): string {
    return sessionIdText(this.#identity.id);
  }

  /** The password of the session, or of the last one. */
  get client_password(): string {
    return passwordText(this.#identity.passwd);
  }

  /** `ZINVALIDSTATE` once the session has ended by itself, until that was announced; otherwise 0. */
  get is_unrecoverable(): number {
    const isOver =
      this.state === constants.ZOO_EXPIRED_SESSION_STATE ||
      this.state === constants.ZOO_AUTH_FAILED_STATE;
    return isOver ? ErrorCode.ZINVALIDSTATE : 0;
  }

  /** Emits an event of the client's. */
  emit(name: string, first: unknown, second: unknown, third?: unknown): void {
    this.#emit(name, first, second, third);
  }

  /**
   * Begins a session; one that there is ends, unannounced.
   *
   * @throws as `readConfig`
   */
  init(config: ZooKeeperConfig): void {
    const settings = readConfig(config);
    this.#endSession(() => {});
    this.#session = new Session(settings, {
      onConnect: () => this.emit('connect', this, ''),
      onConnecting: () => this.emit('connecting', this, ''),
      onEnd: (reason) => this.#endSession(() => this.emit('close', this, reason)),
      onNode: (name, path) => this.emit(name, this, path),
    });
  }

  /** Ends the session, if there is one. */
  close(): this {
    this.#endSession(() => this.emit('close', this, 0));
    return this;
  }

  a_create(path: unknown, data: unknown, flags: unknown, callback: Callback): number {
    return this.#create(path, data, flags, NO_TTL, callback);
  }

  a_create_ttl(
    path: unknown,
    data: unknown,
    flags: unknown,
    ttl: unknown,
    callback: Callback,
  ): number {
    return this.#create(path, data, flags, toInt32('ttl', ttl), callback);
  }

  a_exists(path: unknown, watch: unknown, callback: Callback): number {
    return this.#read('exists', exchanges.exists, path, watch, callback);
  }

  aw_exists(path: unknown, watcher: watchCb, callback: Callback): number {
    return this.#readAndWatch('exists', exchanges.exists, path, watcher, callback);
  }

  a_get(path: unknown, watch: unknown, callback: Callback): number {
    return this.#read('data', exchanges.get, path, watch, callback);
  }

  aw_get(path: unknown, watcher: watchCb, callback: Callback): number {
    return this.#readAndWatch('data', exchanges.get, path, watcher, callback);
  }

  a_get_children(path: unknown, watch: unknown, callback: Callback): number {
    return this.#read('children', exchanges.getChildren, path, watch, callback);
  }

  aw_get_children(path: unknown, watcher: watchCb, callback: Callback): number {
    return this.#readAndWatch('children', exchanges.getChildren, path, watcher, callback);
  }

  a_get_children2(path: unknown, watch: unknown, callback: Callback): number {
    return this.#read('children', exchanges.getChildren2, path, watch, callback);
  }

  aw_get_children2(path: unknown, watcher: watchCb, callback: Callback): number {
    return this.#readAndWatch('children', exchanges.getChildren2, path, watcher, callback);
  }

  a_getconfig(watch: unknown, callback: Callback): number {
    return this.#readConfig(Boolean(watch), undefined, callback);
  }

  aw_getconfig(watcher: watchCb, callback: Callback): number {
    checkCallback('watcher', watcher);
    return this.#readConfig(true, watcher, callback);
  }

  a_set(path: unknown, data: unknown, version: unknown, callback: Callback): number {
    const text = toText(path);
    const bytes = this.#bytes(data);
    const number = toInt32('version', version);
    if (bytes === undefined) return this.#refuse(callback);
    return this.#request(callback, isPath(text), exchanges.set(text, bytes, number));
  }

  a_delete_(path: unknown, version: unknown, callback: Callback): number {
    const text = toText(path);
    const number = toInt32('version', version);
    return this.#request(callback, isPath(text), exchanges.remove(text, number));
  }

  a_get_acl(path: unknown, callback: Callback): number {
    const text = toText(path);
    return this.#request(callback, isPath(text), exchanges.getAcl(text));
  }

  /** @param acl - what `entriesOf` makes */
  a_set_acl(path: unknown, version: unknown, acl: unknown, callback: Callback): number {
    const text = toText(path);
    const number = toInt32('version', version);
    const packed = packEntries(acl);
    if (packed === undefined) return this.#refuse(callback, ErrorCode.ZINVALIDACL);
    return this.#request(callback, isPath(text), exchanges.setAcl(text, number, packed));
  }

  a_sync(path: unknown, callback: Callback): number {
    const text = toText(path);
    return this.#request(callback, isPath(text), exchanges.sync(text));
  }

  add_auth(scheme: unknown, auth: unknown, callback: Callback): number {
    checkCallback('callback', callback);
    const name = toText(scheme);
    const certificate = Buffer.from(toText(auth));
    if (name === '' || name.includes('\0')) return this.#refuse(callback);
    return this.#session?.addAuth(name, certificate, callback) ?? ErrorCode.ZINVALIDSTATE;
  }

  a_reconfig(
    joining: unknown,
    leaving: unknown,
    members: unknown,
    version: unknown,
    callback: Callback,
  ): number {
    const lists = [joining, leaving, members].map((list) => toText(list ?? ''));
    const number = toInt64('version', version);
    const [toJoin = '', toLeave = '', toBe = ''] = lists;
    const isRight = !lists.some((list) => list.includes('\0'));
    return this.#request(callback, isRight, exchanges.reconfig(toJoin, toLeave, toBe, number));
  }

  set_servers(servers: unknown): number {
    const hosts = readServers(servers);
    if (this.#session === undefined) return ErrorCode.ZINVALIDSTATE;
    return hosts === undefined ? ErrorCode.ZBADARGUMENTS : this.#session.setServers(hosts);
  }

  get #identity(): ClientId {
    return this.#session?.clientId ?? this.#lastIdentity;
  }

  #endSession(announce: () => void): void {
    const session = this.#session;
    if (session === undefined) return;
    this.#lastIdentity = session.clientId;
    this.#session = undefined;
    session.end(announce);
  }

  #bytes(data: unknown): Uint8Array | undefined {
    const bytes = toBytes(data);
    return bytes === undefined ? undefined : (this.#session?.preserve(bytes) ?? bytes);
  }

  #create(path: unknown, data: unknown, flags: unknown, ttl: number, callback: Callback): number {
    const text = toText(path);
    const bytes = this.#bytes(data);
    const mode = toInt32('flags', flags);
    const isTtlRight = withTtl.has(mode) ? ttl > 0 : ttl === NO_TTL;
    if (bytes === undefined || !isTtlRight) return this.#refuse(callback);
    const exchange = exchanges.create(text, bytes, mode, ttl);
    return this.#request(callback, isPath(text, sequential.has(mode)), exchange);
  }

  /** A read, with the client's own watch if that is wanted. */
  #read(kind: WatchKind, read: Read, path: unknown, watch: unknown, callback: Callback): number {
    const text = toText(path);
    const isWatched = Boolean(watch);
    const exchange = read(text, isWatched);
    return this.#request(callback, isPath(text), exchange, isWatched ? { kind, path: text } : null);
  }

  /** A read with a watch of a function's. */
  #readAndWatch(
    kind: WatchKind,
    read: Read,
    path: unknown,
    watcher: watchCb,
    callback: Callback,
  ): number {
    checkCallback('watcher', watcher);
    const text = toText(path);
    const watch = { kind, path: text, watcher };
    return this.#request(callback, isPath(text), read(text, true), watch);
  }

  /** Reads the configuration, whatever the chroot; without a watcher the watch is the client's own. */
  #readConfig(isWatched: boolean, watcher: watchCb | undefined, callback: Callback): number {
    const belowChroot = this.#session?.isBelowChroot ?? false;
    const path = belowChroot ? CONFIG_BELOW_CHROOT : CONFIG_NODE;
    const exchange = exchanges.getConfig(isWatched, belowChroot);
    const own = { kind: 'data', path } as const;
    const watch = watcher === undefined ? own : { ...own, watcher };
    return this.#request(callback, true, exchange, isWatched ? watch : null);
  }

  #request(
    callback: Callback,
    isRight: boolean,
    exchange: exchanges.Exchange,
    watch: Parameters<Session['request']>[2] = null,
  ): number {
    if (!isRight) return this.#refuse(callback);
    checkCallback('callback', callback);
    return this.#session?.request(exchange, callback, watch) ?? ErrorCode.ZINVALIDSTATE;
  }

  /** Refuses arguments; a client without a session refuses any. */
  #refuse(callback: Callback, rc: number = ErrorCode.ZBADARGUMENTS): number {
    checkCallback('callback', callback);
    return this.#session === undefined ? ErrorCode.ZINVALIDSTATE : rc;
  }
}
