/*
 * The names are the original's, which declares them as global types.
 */

/** An entry of an access control list, as it is read. */
export interface aclObject {
  perms: number;
  scheme: string;
  auth: string;
}

/** An entry of an access control list, in its other spelling. */
export interface aclObject2 {
  perm: number;
  scheme: string;
  auth: string;
}

/** An access control list. */
export type acl = (aclObject | aclObject2)[];

/** What the server knows about a node, besides its data. */
export interface stat {
  /** The transaction that created the node. */
  readonly czxid: number;
  /** The transaction that last changed its data. */
  readonly mzxid: number;
  /** The transaction that last changed its list of children. */
  readonly pzxid: number;
  /** Bytes of data. */
  readonly dataLength: number;
  /** How many children it has. */
  readonly numChildren: number;
  /** How often its data was changed. */
  readonly version: number;
  /** How often its list of children was changed. */
  readonly cversion: number;
  /** How often its ACL was changed. */
  readonly aversion: number;
  /** A Date. The original's declarations say number; code that was written for those compiles. */
  readonly ctime: Date & number;
  /** A Date, as {@link ctime}. */
  readonly mtime: Date & number;
  /** The id of the session that an ephemeral node belongs to, in hexadecimal; `'0'` for other nodes. */
  readonly ephemeralOwner: string;
  /** Whether that is the session which asked. */
  readonly createdInThisSession: boolean;
}

/**
 * The text of a result code: `'ok'`, `'no node'`. Always a string. The original's declarations say number; callbacks that were
 * written for those compile.
 */
export type errorText = string | number;

/**
 * A callback. Declared by way of a method, whose parameters TypeScript compares in both directions: one that was written for
 * the original's declarations fits.
 */
type Lenient<Arguments extends unknown[]> = {
  callback(...values: Arguments): unknown;
}['callback'];

/** Takes the outcome of `mkdirp`. */
export type mkdirCb = Lenient<[error: Error | null, success?: boolean]>;
/** Takes the outcome of `connect`; the second is the client. */
export type connectCb<Client = unknown> = Lenient<[error: Error | null, client: Client]>;
/** Takes the path of a node that was created; `'null'` where there is none. */
export type pathCb = Lenient<[rc: number, error: errorText, path: string]>;
/** Takes a stat; null where there is none. */
export type statCb = Lenient<[rc: number, error: errorText, stat: stat]>;
/** Takes a node's data, as a string where an encoding is set; null where there is none. */
export type dataCb = Lenient<[rc: number, error: errorText, stat: stat, data: string | Buffer]>;
/** Takes the names of children; null where there are none. */
export type childCb = Lenient<[rc: number, error: errorText, children: string[]]>;
/** Takes the names of children and their parent's stat; nulls where there are none. */
export type child2Cb = Lenient<[rc: number, error: errorText, children: string[], stat: stat]>;
/** Takes the path that was asked for; `'null'` where there is none. */
export type valueCb = Lenient<[rc: number, error: errorText, value: string]>;
/** Takes no more than the code. */
export type voidCb = Lenient<[rc: number, error: errorText]>;
/** Takes the event of a watch: its type and the session's state by their numbers, and the node's path. */
export type watchCb = Lenient<[type: number, state: number, path: string]>;
/** Takes an access control list and its node's stat; nulls where there are none. */
export type aclCb = Lenient<[rc: number, error: errorText, acl: aclObject[], stat: stat]>;

/** Takes log lines. */
export type logger = (...values: unknown[]) => void;

/** How a client connects: what its constructor, `init` and `connect` take. */
export interface ZooKeeperConfig {
  /** `'host:port,host:port/chroot'` */
  connect?: string | undefined;
  /** How long the session outlives its last sign of life, in milliseconds; 20 000 unless given, or 0. */
  timeout?: number | undefined;
  /** How much the C client logs, to stderr: one of the `ZOO_LOG_LEVEL_*`. Nothing unless given. */
  debug_level?: number | undefined;
  /** Whether servers are tried in the order of `connect`. */
  host_order_deterministic?: boolean | undefined;
  /** Whether data is given as Buffers; otherwise as strings of UTF-8. True. */
  data_as_buffer?: boolean | undefined;
  /** The session to resume: `client_id` of the client that had it. */
  client_id?: string | number | undefined;
  /** Its password: `client_password` of that client. */
  client_password?: string | undefined;
  /** Of no effect: what it defends against in the original does not come up here. */
  response_counter_limit?: number | undefined;
  /**
   * Calls the functions that `aw_*` and `w_*` were given on each loss of the connection and each return of it, too, with type
   * `ZOO_SESSION_EVENT` and an empty path, as the original does. False: they are called once, for what they wait for.
   */
  session_events_to_watchers?: boolean | undefined;
}
