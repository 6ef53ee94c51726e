import { EventEmitter } from 'node:events';
import type { ACL } from './acl.js';
import { packACL } from './acl.js';
import {
  checkData,
  checkFlags,
  checkOptions,
  checkSignal,
  checkTTL,
  checkVersion,
  type Data,
} from './arguments.js';
import type { Call } from './bad-arguments.js';
import type { Channel } from './channel.js';
import type { ClientId } from './client-id.js';
import { CONFIG_NODE } from './config.js';
import type { Connection, Registration } from './connection.js';
import type { State } from './constants.js';
import { checkCertificate, checkScheme } from './dial-options.js';
import { ErrorCode } from './error-code.js';
import { ZooKeeperError } from './errors.js';
import type { ZooKeeperEvent } from './event.js';
import { type MultiResults, multiResults, packOps } from './multi.js';
import { addon } from './native.js';
import type { Op } from './op.js';
import {
  type CreateOptions,
  checkGetOptions,
  checkOperationOptions,
  type GetOptions,
  type OperationOptions,
} from './operation-options.js';
import { checkPathToCreate } from './path.js';
import type { Send } from './pending-request.js';
import { checkReconfig, type ReconfigChange } from './reconfig.js';
import { type Reply, unsentReply } from './records.js';
import {
  type ChildrenResult,
  type DataResult,
  dataResult,
  type ExistsResult,
  type Watched,
} from './results.js';
import { type ChangeFunction, type RetryChangeOptions, retryChange } from './retry-change.js';
import { wipe } from './secure-options.js';
import { hostOf, parseNewServers } from './servers.js';
import { SessionChannel } from './session-channel.js';
import type { Stat } from './stat.js';
import { openError } from './system-error.js';
import { throwLater } from './throw-later.js';
import { CONFIG_BELOW_CHROOT } from './watch-tables.js';

/**
 * The events that a {@link Conn} emits, by name.
 *
 * @example
 * ```ts
 * conn.on('session', (event) => console.log(`${event}`));
 * conn.on('error', (error) => console.error(error));
 * ```
 */
export interface ConnEvents {
  /** Each session event, transient ones included. */
  session: [event: ZooKeeperEvent];
  /** The session channel was opened and then not read. */
  error: [error: ZooKeeperError];
}

/** Codes that a fault of the connection may be behind. */
const withoutConnection: ReadonlySet<number> = new Set([
  ErrorCode.ZCONNECTIONLOSS,
  ErrorCode.ZAUTHFAILED,
]);

/**
 * A connection to an ensemble, and the session that lives on it. gozk's `Conn`. Made by {@link dial}, {@link redial} and
 * {@link connect}.
 *
 * Requests are sent in the order of the calls, and answered in that order. Each returned promise settles exactly once. They
 * reject with a {@link ZooKeeperError}: its code is the server's; or `ZCONNECTIONLOSS` when the connection was lost, or was
 * not there and an attempt to have it failed: a change may then have been made or not; `ZSESSIONEXPIRED` and `ZAUTHFAILED`
 * once the session ended that way; `ZCLOSING` after {@link close}; `ZBADARGUMENTS` for an argument that is wrong, which the
 * message names.
 *
 * @example
 * ```ts
 * const conn: Conn = await connect('127.0.0.1:2181');
 * const { data } = await conn.get('/a', { encoding: 'utf8' });
 * await conn.close();
 * ```
 */
export class Conn extends EventEmitter<ConnEvents> implements AsyncDisposable {
  readonly #connection: Connection;
  readonly #session: SessionChannel;
  #closed: Promise<void> | undefined;

  private constructor(connect: (conn: ConnInternals) => Connection) {
    super();
    if (typeof connect !== 'function') {
      throw new TypeError('a Conn is made by dial(), redial() or connect()');
    }
    this.#session = new SessionChannel((error) => this.#emit('error', error));
    this.#connection = connect({
      onSession: (event) => {
        this.#session.send(event);
        this.#emit('session', event);
      },
    });
  }

  /** @internal */
  static of(connect: (conn: ConnInternals) => Connection): Conn {
    return new Conn(connect);
  }

  /**
   * The session's state, as far as its events have been delivered; readable after close, too.
   *
   * @example
   * ```ts
   * if (conn.state === State.CONNECTED) console.log('connected');
   * ```
   */
  get state(): State {
    return this.#connection.state;
  }

  /**
   * The session's identity, to resume it with {@link redial}; id 0n before the first connection. gozk's `Conn.ClientId`; from
   * `zoo_client_id`.
   *
   * @example
   * ```ts
   * const { id, passwd } = conn.clientId;
   * ```
   */
  get clientId(): ClientId {
    return this.#connection.clientId;
  }

  /**
   * The session's timeout in milliseconds, as the server chose it; before the first connection the one asked for.
   *
   * @example
   * ```ts
   * console.log(`a session of ${conn.sessionTimeout} ms`);
   * ```
   */
  get sessionTimeout(): number {
    return this.#connection.sessionTimeout;
  }

  /**
   * The server that the connection is to, `'127.0.0.1:2181'` or `'[::1]:2181'`; null while there is none. As
   * `zookeeper_get_connected_host`, and in read-only mode as well.
   *
   * @example
   * ```ts
   * console.log(`connected to ${conn.currentServer ?? 'nobody'}`);
   * ```
   */
  get currentServer(): string | null {
    return this.#connection.currentServer;
  }

  /**
   * Every session event, transient ones included. Until the first read of this property the newest 32 events wait; from then
   * on, when more than 32 are not collected, the connection emits `error` and the channel ends: gozk panics.
   *
   * @example
   * ```ts
   * const event = await conn.session.receive();
   * if (event.state === State.EXPIRED_SESSION) console.log('dial again');
   * ```
   */
  get session(): Channel<ZooKeeperEvent> {
    return this.#session.open();
  }

  /**
   * A node's data. From `zoo_awget`, gozk's `Conn.Get`.
   *
   * @example
   * ```ts
   * const { data, stat } = await conn.get('/a');
   * const { data: text } = await conn.get('/a', { encoding: 'utf8' });
   * ```
   */
  get(
    path: string,
    options: GetOptions & { readonly encoding: BufferEncoding },
  ): Promise<DataResult<string>>;
  get(
    path: string,
    options?: OperationOptions & { readonly encoding?: null | undefined },
  ): Promise<DataResult>;
  get(path: string, options?: GetOptions): Promise<DataResult<string | Buffer>>;
  async get(path: string, options?: GetOptions): Promise<DataResult<string | Buffer>> {
    const call = this.#begin('get', path);
    const { encoding, signal } = checkGetOptions(call, options);
    const reply = await this.#request((client, id) => addon.get(client, id, path, false), signal);
    if (reply.rc !== 0) throw this.#failure(call, reply);
    return dataResult(reply, encoding);
  }

  /**
   * A node's data, and a watch for its change or removal. A missing node rejects, and leaves no watch behind. From
   * `zoo_awget`, gozk's `Conn.GetW`.
   *
   * @example
   * ```ts
   * const { data, watch } = await conn.getW('/a', { encoding: 'utf8' });
   * console.log(data, `${await watch.receive()}`);
   * ```
   */
  getW(
    path: string,
    options: GetOptions & { readonly encoding: BufferEncoding },
  ): Promise<Watched<DataResult<string>>>;
  getW(
    path: string,
    options?: OperationOptions & { readonly encoding?: null | undefined },
  ): Promise<Watched<DataResult>>;
  getW(path: string, options?: GetOptions): Promise<Watched<DataResult<string | Buffer>>>;
  async getW(path: string, options?: GetOptions): Promise<Watched<DataResult<string | Buffer>>> {
    const call = this.#begin('getW', path);
    const { encoding, signal } = checkGetOptions(call, options);
    const { reply, watch } = await this.#requestWatch(
      { kind: 'data', path },
      signal,
      (client, id) => addon.get(client, id, path, true),
    );
    if (watch === undefined) throw this.#failure(call, reply);
    return { ...dataResult(reply, encoding), watch };
  }

  /**
   * The names of a node's children. From `zoo_awget_children2`, gozk's `Conn.Children`.
   *
   * @example
   * ```ts
   * const { children } = await conn.children('/');
   * ```
   */
  async children(path: string, options?: OperationOptions): Promise<ChildrenResult> {
    const call = this.#begin('children', path);
    const signal = checkOperationOptions(call, options);
    const reply = await this.#request(
      (client, id) => addon.children(client, id, path, false),
      signal,
    );
    if (reply.rc !== 0) throw this.#failure(call, reply);
    return { children: reply.children.list(), stat: reply.stat as Stat };
  }

  /**
   * The names of a node's children, and a watch for the next that comes or goes, or for the node's own removal. From
   * `zoo_awget_children2`, gozk's `Conn.ChildrenW`.
   *
   * @example
   * ```ts
   * const { children, watch } = await conn.childrenW('/');
   * await watch.receive();
   * ```
   */
  async childrenW(path: string, options?: OperationOptions): Promise<Watched<ChildrenResult>> {
    const call = this.#begin('childrenW', path);
    const signal = checkOperationOptions(call, options);
    const { reply, watch } = await this.#requestWatch(
      { kind: 'children', path },
      signal,
      (client, id) => addon.children(client, id, path, true),
    );
    if (watch === undefined) throw this.#failure(call, reply);
    return { children: reply.children.list(), stat: reply.stat as Stat, watch };
  }

  /**
   * A node's stat, or null when there is no such node. From `zoo_awexists`, gozk's `Conn.Exists`.
   *
   * @example
   * ```ts
   * const stat = await conn.exists('/a');
   * console.log(stat === null ? 'no such node' : stat.version);
   * ```
   */
  async exists(path: string, options?: OperationOptions): Promise<Stat | null> {
    const call = this.#begin('exists', path);
    const signal = checkOperationOptions(call, options);
    const reply = await this.#request(
      (client, id) => addon.exists(client, id, path, false),
      signal,
    );
    if (reply.rc !== 0 && reply.rc !== ErrorCode.ZNONODE) throw this.#failure(call, reply);
    return reply.stat ?? null;
  }

  /**
   * A node's stat, or null, and a watch for its creation, change or removal. From `zoo_awexists`, gozk's `Conn.ExistsW`.
   *
   * @example
   * ```ts
   * const { stat, watch } = await conn.existsW('/a');
   * if (stat === null) await watch.receive();
   * ```
   */
  async existsW(path: string, options?: OperationOptions): Promise<Watched<ExistsResult>> {
    const call = this.#begin('existsW', path);
    const signal = checkOperationOptions(call, options);
    const { reply, watch } = await this.#requestWatch(
      { kind: 'exists', path },
      signal,
      (client, id) => addon.exists(client, id, path, true),
    );
    if (watch === undefined) throw this.#failure(call, reply);
    return { stat: reply.stat ?? null, watch };
  }

  /**
   * Creates a node. Resolves to its path, with the number that the server appended to a sequential one. From
   * `zoo_acreate_ttl`, gozk's `Conn.Create`.
   *
   * @param data - a string is UTF-8
   *
   * @example
   * ```ts
   * const path = await conn.create('/members/m-', 'me', {
   *   flags: CreateFlag.EPHEMERAL | CreateFlag.SEQUENCE,
   * });
   * ```
   */
  async create(path: string, data: Data = '', options?: CreateOptions): Promise<string> {
    const { call, replied } = this.#create('create', path, data, options);
    const reply = await replied;
    if (reply.rc !== 0) throw this.#failure(call, reply);
    return reply.createdPath;
  }

  /**
   * Creates a node, and gives its stat as well. From `zoo_acreate2_ttl`.
   *
   * @example
   * ```ts
   * const { path, stat } = await conn.createWithStat('/a', 'data');
   * ```
   */
  async createWithStat(
    path: string,
    data: Data = '',
    options?: CreateOptions,
  ): Promise<{ readonly path: string; readonly stat: Stat }> {
    const { call, replied } = this.#create('createWithStat', path, data, options);
    const reply = await replied;
    if (reply.rc !== 0) throw this.#failure(call, reply);
    return { path: reply.createdPath, stat: reply.stat as Stat };
  }

  /**
   * Sets a node's data. From `zoo_aset`, gozk's `Conn.Set`.
   *
   * @param version - the version that the node must have, or -1 for any
   *
   * @example
   * ```ts
   * const { stat } = await conn.get('/a');
   * await conn.set('/a', 'new', stat.version);
   * ```
   */
  async set(path: string, data: Data, version = -1, options?: OperationOptions): Promise<Stat> {
    const call = this.#begin('set', path);
    const bytes = this.#connection.preserve(checkData(call, 'data', data));
    const checkedVersion = checkVersion(call, version);
    const signal = checkOperationOptions(call, options);
    const reply = await this.#request(
      (client, id) => addon.set(client, id, path, bytes, checkedVersion),
      signal,
    );
    if (reply.rc !== 0) throw this.#failure(call, reply);
    return reply.stat as Stat;
  }

  /**
   * Removes a node. From `zoo_adelete`, gozk's `Conn.Delete`.
   *
   * @param version - the version that the node must have, or -1 for any
   *
   * @example
   * ```ts
   * await conn.delete('/a');
   * ```
   */
  async delete(path: string, version = -1, options?: OperationOptions): Promise<void> {
    const call = this.#begin('delete', path);
    const checkedVersion = checkVersion(call, version);
    const signal = checkOperationOptions(call, options);
    const reply = await this.#request(
      (client, id) => addon.delete(client, id, path, checkedVersion),
      signal,
    );
    if (reply.rc !== 0) throw this.#failure(call, reply);
  }

  /**
   * A node's access control list. From `zoo_aget_acl`, gozk's `Conn.ACL`.
   *
   * @example
   * ```ts
   * const { acl, stat } = await conn.acl('/a');
   * ```
   */
  async acl(
    path: string,
    options?: OperationOptions,
  ): Promise<{ readonly acl: ACL[]; readonly stat: Stat }> {
    const call = this.#begin('acl', path);
    const signal = checkOperationOptions(call, options);
    const reply = await this.#request((client, id) => addon.getAcl(client, id, path), signal);
    if (reply.rc !== 0) throw this.#failure(call, reply);
    return { acl: reply.acl, stat: reply.stat as Stat };
  }

  /**
   * Sets a node's access control list. From `zoo_aset_acl`, gozk's `Conn.SetACL`.
   *
   * @param version - the `aversion` that the node must have, or -1 for any
   *
   * @example
   * ```ts
   * const { stat } = await conn.acl('/a');
   * await conn.setACL('/a', worldACL(Perm.READ), stat.aversion);
   * ```
   */
  async setACL(
    path: string,
    acl: readonly ACL[],
    version = -1,
    options?: OperationOptions,
  ): Promise<void> {
    const call = this.#begin('setACL', path);
    const packed = packACL(call, acl);
    const checkedVersion = checkVersion(call, version);
    const signal = checkOperationOptions(call, options);
    const reply = await this.#request(
      (client, id) => addon.setAcl(client, id, path, packed, checkedVersion),
      signal,
    );
    if (reply.rc !== 0) throw this.#failure(call, reply);
  }

  /**
   * Presents a credential, now and on each later connection of the session. Requests that are made after this call are
   * answered with it in force. A scheme or a credential that the server refuses is the end of the session: `ZAUTHFAILED`.
   * From `zoo_add_auth`, gozk's `Conn.AddAuth`.
   *
   * @param scheme - `'digest'`, for one
   * @param cert - what the scheme asks for: `'user:password'`
   *
   * @example
   * ```ts
   * await conn.addAuth('digest', 'user:password');
   * ```
   */
  async addAuth(scheme: string, cert: string | Uint8Array): Promise<void> {
    const call: Call = { op: 'addAuth' };
    this.#checkUsable(call);
    const checkedScheme = checkScheme(call, 'scheme', scheme);
    const certificate = checkCertificate(call, 'cert', cert);
    const reply = await this.#connection.addAuth(checkedScheme, certificate);
    wipe(certificate);
    if (reply.rc !== 0) throw this.#failure(call, reply);
  }

  /**
   * Waits until the server that this connection is to has seen all that the leader had done when this was called, so that a
   * read behind it is as fresh as that. From `zoo_async`.
   *
   * @example
   * ```ts
   * await conn.sync('/a');
   * const { data } = await conn.get('/a');
   * ```
   */
  async sync(path: string, options?: OperationOptions): Promise<void> {
    const call = this.#begin('sync', path);
    const signal = checkOperationOptions(call, options);
    const reply = await this.#request((client, id) => addon.sync(client, id, path), signal);
    if (reply.rc !== 0) throw this.#failure(call, reply);
  }

  /**
   * The ensemble's configuration, whatever the chroot; {@link parseConfig} takes it apart. From `zoo_awgetconfig`.
   *
   * @example
   * ```ts
   * const { data } = await conn.config();
   * for (const { id, host } of parseConfig(data).members) console.log(id, host);
   * ```
   */
  async config(options?: OperationOptions): Promise<DataResult> {
    const call: Call = { op: 'config', path: CONFIG_NODE };
    this.#checkUsable(call);
    const signal = checkOperationOptions(call, options);
    const reply = await this.#request(
      (client, id) => addon.getConfig(client, id, false, false),
      signal,
    );
    if (reply.rc !== 0) throw this.#failure(call, reply);
    return dataResult(reply, null) as DataResult;
  }

  /**
   * The ensemble's configuration, and a watch for its next change, whose path is `/zookeeper/config`, whatever the chroot.
   * Below a chroot, the watch stays on the server when it is cancelled, until the configuration changes. From
   * `zoo_awgetconfig`.
   *
   * @example
   * ```ts
   * const { data, watch } = await conn.configW();
   * console.log(parseConfig(data).members.length, `${await watch.receive()}`);
   * ```
   */
  async configW(options?: OperationOptions): Promise<Watched<DataResult>> {
    const call: Call = { op: 'configW', path: CONFIG_NODE };
    this.#checkUsable(call);
    const signal = checkOperationOptions(call, options);
    const belowChroot = this.#connection.isBelowChroot;
    const { reply, watch } = await this.#requestWatch(
      { kind: 'data', path: belowChroot ? CONFIG_BELOW_CHROOT : CONFIG_NODE },
      signal,
      (client, id) => addon.getConfig(client, id, true, belowChroot),
    );
    if (watch === undefined) throw this.#failure(call, reply);
    return { ...(dataResult(reply, null) as DataResult), watch };
  }

  /**
   * Changes the ensemble's configuration, and gives the new one. The client needs the right to write to `/zookeeper/config`,
   * which nobody has unless given, and the ensemble dynamic reconfiguration (`reconfigEnabled`). From `zoo_areconfig`.
   *
   * @throws ZooKeeperError `ZRECONFIGDISABLED`, `ZNOAUTH`; `ZBADVERSION` when the version is another one;
   * `ZNEWCONFIGNOQUORUM` when too few of the new servers are there; `ZRECONFIGINPROGRESS` when another change is under way
   *
   * @example
   * ```ts
   * await conn.reconfig({ joining: 'server.4=10.0.0.4:2888:3888:participant;10.0.0.4:2181', leaving: 1 });
   * ```
   */
  async reconfig(change: ReconfigChange, options?: OperationOptions): Promise<DataResult> {
    const call: Call = { op: 'reconfig' };
    this.#checkUsable(call);
    const { joining, leaving, members, version } = checkReconfig(call, change);
    const signal = checkOperationOptions(call, options);
    const reply = await this.#request(
      (client, id) => addon.reconfig(client, id, joining, leaving, members, version),
      signal,
    );
    if (reply.rc !== 0) throw this.#failure(call, reply);
    return dataResult(reply, null) as DataResult;
  }

  /**
   * Carries out several ops as one: all of them, or none. Resolves to what each gives, in their order: `create` the path, with
   * its number; `set` the {@link Stat}; `delete` and `check` undefined. No ops give `[]`, and no request. From `zoo_amulti`.
   *
   * The ops are one request, which the server's `jute.maxbuffer` bounds, 1 MB unless raised: it hangs up on a larger one, and
   * the call rejects with `ZCONNECTIONLOSS`, as do others that are in flight.
   *
   * @throws MultiError when the server refuses an op: it says which, and why; nothing has changed
   *
   * @example
   * ```ts
   * const [path, stat] = await conn.multi([
   *   op.create('/jobs/7', 'resize'),
   *   op.set('/jobs', 'seven', 3),
   *   op.check('/leader', 0),
   * ]);
   * ```
   */
  async multi<const Ops extends readonly Op[]>(
    ops: Ops,
    options?: OperationOptions,
  ): Promise<MultiResults<Ops>> {
    const call: Call = { op: 'multi' };
    this.#checkUsable(call);
    const { packed, names } = packOps(call, ops, this.#connection.isBelowChroot);
    const signal = checkOperationOptions(call, options);
    signal?.throwIfAborted();
    if (names.length === 0) return [] as unknown as MultiResults<Ops>;
    const reply = await this.#request((client, id) => addon.multi(client, id, packed), signal);
    const failure = (errno: number): ZooKeeperError => this.#failure(call, reply, errno);
    return multiResults(failure, names, reply) as unknown as MultiResults<Ops>;
  }

  /**
   * Uses other servers from now on. The connection stays where it is if that server is among them; else it moves, and what is
   * in flight rejects with `ZCONNECTIONLOSS`. When there are more servers than before it may move as well, so that all get
   * their share of clients; not with `randomizeServers: false`. The session and its watches are kept. Resolves once the
   * servers are in use, and a connection that has to move was given up; the session's events say when there is another. As
   * `zoo_set_servers`, on a thread of the connection's own.
   *
   * @param servers - `'host:port,host:port'`, or an array of its parts; without a chroot, since the connection keeps its own
   * @throws ZooKeeperError `ZBADARGUMENTS`; `ZSYSTEMERROR` when none of the hosts resolves, with the system's error as its
   * `cause`: then the servers stay what they were
   *
   * @example
   * ```ts
   * await conn.setServers(['10.0.0.1:2181', '10.0.0.2:2181']);
   * ```
   */
  async setServers(servers: string | readonly string[]): Promise<void> {
    const call: Call = { op: 'setServers' };
    this.#checkUsable(call);
    const hosts = parseNewServers(call, servers);
    const { rc, resolverError } = await this.#connection.setServers(hosts);
    if (rc === 0) return;
    const failure = { systemError: 0, resolverError };
    const cause = resolverError === 0 ? undefined : openError(failure, hostOf(hosts[0] as string));
    throw new ZooKeeperError({ ...call, errno: rc, cause });
  }

  /**
   * Changes a node's data in step with others who do the same, without a lock. gozk's `Conn.RetryChange`; see
   * {@link ChangeFunction} for what the change may do.
   *
   * 1. Reads the node. A failure other than its absence rejects.
   * 2. Calls `change` with its data and stat, or with an empty Buffer and null when there is none. What it throws, this
   *    rejects with, and nothing is written.
   * 3. Creates the node, with `flags` and `acl`; or sets its data at the version that was read, unless they are the same
   *    bytes. When somebody else was faster, it begins again; any other failure rejects.
   *
   * @param change - may be called several times
   *
   * @example
   * ```ts
   * await conn.retryChange('/counter', (old) => String(Number(old.toString()) + 1));
   * ```
   */
  async retryChange(
    path: string,
    change: ChangeFunction,
    options?: RetryChangeOptions,
  ): Promise<void> {
    await retryChange(this, path, change, options);
  }

  /**
   * Ends the session: waits for what is in flight to settle, then closes, and waits for the server to have ended it: ephemeral
   * nodes are gone then. Where there is no connection, or no answer within a second and a half, the session ends with its
   * timeout. Never stands in the event loop's way; against a server that does not answer it takes as long as the session could
   * have lasted, at the most. From `zookeeper_close`, gozk's `Conn.Close`.
   *
   * @throws ZooKeeperError `ZCLOSING` when it was called before
   *
   * @example
   * ```ts
   * await conn.close();
   * ```
   */
  async close(): Promise<void> {
    if (this.#closed !== undefined) {
      throw new ZooKeeperError({ op: 'close', errno: ErrorCode.ZCLOSING });
    }
    this.#closed = this.#close();
    await this.#closed;
  }

  /** Closes the connection, unless it is closed; then it waits for that. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed ??= this.#close();
    await this.#closed;
  }

  async #close(): Promise<void> {
    await this.#connection.close();
    this.#session.end();
  }

  /** Not async, so that both of its callers are as many steps from their reply as the other operations are. */
  #create(
    op: 'create' | 'createWithStat',
    path: string,
    data: Data,
    given: CreateOptions | undefined,
  ): { readonly call: Call; readonly replied: Promise<Reply> } {
    const call = this.#begin(op, path, (given as CreateOptions | null)?.flags);
    const options = checkOptions(call, given);
    const { flags = 0, acl, ttl } = options;
    const bytes = this.#connection.preserve(checkData(call, 'data', data));
    const checkedFlags = checkFlags(call, flags);
    const checkedTTL = checkTTL(call, checkedFlags, ttl);
    const packed = acl === undefined ? null : packACL(call, acl);
    const signal = checkSignal(call, options['signal']);
    const withStat = op === 'createWithStat';
    const replied = this.#request(
      (client, id) =>
        addon.create(client, id, path, bytes, packed, checkedFlags, checkedTTL, withStat),
      signal,
    );
    return { call, replied };
  }

  /** @param flags - of a node that is to be created */
  #begin(op: string, path: unknown, flags: unknown = 0): Call {
    const call: Call = typeof path === 'string' ? { op, path } : { op };
    this.#checkUsable(call);
    checkPathToCreate(call, path, flags, this.#connection.isBelowChroot);
    return call;
  }

  #checkUsable(call: Call): void {
    const { endCode } = this.#connection;
    if (endCode !== 0) throw this.#failure(call, unsentReply(endCode));
  }

  #request(send: Send, signal: AbortSignal | undefined): Promise<Reply> {
    signal?.throwIfAborted();
    return this.#connection.request(send, signal);
  }

  #requestWatch(registration: Registration, signal: AbortSignal | undefined, send: Send) {
    signal?.throwIfAborted();
    return this.#connection.requestWatch(registration, send, signal);
  }

  /** @param errno - where it is not the reply's own code */
  #failure(call: Call, { rc, isUnsent }: Reply, errno = rc): ZooKeeperError {
    const cause = withoutConnection.has(errno) ? this.#connection.fault : undefined;
    return new ZooKeeperError({ ...call, errno, cause, nothingChanged: isUnsent });
  }

  #emit<Name extends keyof ConnEvents>(name: Name, ...values: ConnEvents[Name]): void {
    try {
      (this as EventEmitter).emit(name, ...values);
    } catch (error) {
      throwLater(error);
    }
  }
}

/** What a connection tells its {@link Conn}. */
export interface ConnInternals {
  onSession(event: ZooKeeperEvent): void;
}
