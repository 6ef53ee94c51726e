/**
 * Flags of {@link Conn.create}. Zero is a plain, persistent node. From `zookeeper.h`, `ZOO_EPHEMERAL` and the rest.
 *
 * @example
 * ```ts
 * await conn.create('/a', 'data', { flags: CreateFlag.EPHEMERAL });
 * ```
 */
export const CreateFlag = Object.freeze({
  /** The node goes when the session that created it ends. gozk's `EPHEMERAL`. */
  EPHEMERAL: 1,
  /** The server appends a ten-digit number to the path. May be combined with `EPHEMERAL`. gozk's `SEQUENCE`. */
  SEQUENCE: 2,
  /** The server removes the node some time after its last child went. */
  CONTAINER: 4,
  /**
   * The server removes the node when it was not changed, and had no child, for `ttl` milliseconds. Servers know such nodes only
   * with `extendedTypesEnabled`; others refuse them with `ZUNIMPLEMENTED`.
   */
  PERSISTENT_WITH_TTL: 5,
  /** The same, with a number appended to the path. */
  PERSISTENT_SEQUENTIAL_WITH_TTL: 6,
} as const);
/** One of the flags, or a sum that {@link Conn.create} names. */
export type CreateFlag = (typeof CreateFlag)[keyof typeof CreateFlag];

/**
 * Permissions of an {@link ACL}, to be combined with `|`. gozk's `PERM_*`.
 *
 * @example
 * ```ts
 * await conn.setACL('/a', worldACL(Perm.READ | Perm.WRITE));
 * ```
 */
export const Perm = Object.freeze({
  READ: 1,
  WRITE: 2,
  CREATE: 4,
  DELETE: 8,
  ADMIN: 16,
  ALL: 31,
} as const);
/** One of the permissions. */
export type Perm = (typeof Perm)[keyof typeof Perm];

/**
 * What a {@link ZooKeeperEvent} tells. gozk's `EVENT_*`.
 *
 * @example
 * ```ts
 * const event = await watch.receive();
 * if (event.type === EventType.DELETED) console.log(`${event.path} is gone`);
 * ```
 */
export const EventType = Object.freeze({
  /** Not an event of ZooKeeper's: what a closed channel gives. */
  CLOSED: 0,
  CREATED: 1,
  DELETED: 2,
  CHANGED: 3,
  CHILD: 4,
  /** The session's state changed; nothing happened to a node. */
  SESSION: -1,
  /** The server will no longer watch the path. */
  NOTWATCHING: -2,
} as const);
/** One of the event types. */
export type EventType = (typeof EventType)[keyof typeof EventType];

/**
 * The state of a session. gozk's `STATE_*`.
 *
 * @example
 * ```ts
 * for await (const { state } of conn.session) if (state === State.EXPIRED_SESSION) break;
 * ```
 */
export const State = Object.freeze({
  /** Not a state of ZooKeeper's: what a closed connection or channel gives. */
  CLOSED: 0,
  CONNECTING: 1,
  ASSOCIATING: 2,
  CONNECTED: 3,
  /** Connected to a server that has lost its quorum, and serves reads. */
  READONLY: 5,
  NOTCONNECTED: 999,
  EXPIRED_SESSION: -112,
  AUTH_FAILED: -113,
} as const);
/** One of the states. */
export type State = (typeof State)[keyof typeof State];

/**
 * Levels of {@link setLogLevel}. gozk's `LOG_*`.
 *
 * @example
 * ```ts
 * setLogLevel(LogLevel.WARN);
 * ```
 */
export const LogLevel = Object.freeze({
  OFF: 0,
  ERROR: 1,
  WARN: 2,
  INFO: 3,
  DEBUG: 4,
} as const);
/** One of the levels. */
export type LogLevel = (typeof LogLevel)[keyof typeof LogLevel];
