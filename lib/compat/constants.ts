import { CreateFlag, EventType, LogLevel, Perm, State } from '../constants.js';
import { ErrorCode } from '../error-code.js';
import type { aclObject } from './types.js';

const openAcl: aclObject = { perms: Perm.ALL, scheme: 'world', auth: 'anyone' };
const readAcl: aclObject = { perms: Perm.READ, scheme: 'world', auth: 'anyone' };
const creatorAcl: aclObject = { perms: Perm.ALL, scheme: 'auth', auth: '' };

const values = {
  ZOO_PERM_READ: Perm.READ,
  ZOO_PERM_WRITE: Perm.WRITE,
  ZOO_PERM_CREATE: Perm.CREATE,
  ZOO_PERM_DELETE: Perm.DELETE,
  ZOO_PERM_ADMIN: Perm.ADMIN,
  ZOO_PERM_ALL: Perm.ALL,
  ZOO_EXPIRED_SESSION_STATE: State.EXPIRED_SESSION,
  ZOO_AUTH_FAILED_STATE: State.AUTH_FAILED,
  ZOO_CONNECTING_STATE: State.CONNECTING,
  ZOO_ASSOCIATING_STATE: State.ASSOCIATING,
  ZOO_CONNECTED_STATE: State.CONNECTED,
  ZOO_LOG_LEVEL_ERROR: LogLevel.ERROR,
  ZOO_LOG_LEVEL_WARN: LogLevel.WARN,
  ZOO_LOG_LEVEL_INFO: LogLevel.INFO,
  ZOO_LOG_LEVEL_DEBUG: LogLevel.DEBUG,
  ZOO_PERSISTENT: 0,
  ZOO_EPHEMERAL: CreateFlag.EPHEMERAL,
  ZOO_SEQUENCE: CreateFlag.SEQUENCE,
  ZOO_PERSISTENT_SEQUENTIAL: CreateFlag.SEQUENCE,
  ZOO_EPHEMERAL_SEQUENTIAL: CreateFlag.EPHEMERAL | CreateFlag.SEQUENCE,
  ZOO_CONTAINER: CreateFlag.CONTAINER,
  ZOO_PERSISTENT_WITH_TTL: CreateFlag.PERSISTENT_WITH_TTL,
  ZOO_PERSISTENT_SEQUENTIAL_WITH_TTL: CreateFlag.PERSISTENT_SEQUENTIAL_WITH_TTL,
  ZOK: ErrorCode.ZOK,
  ZSYSTEMERROR: ErrorCode.ZSYSTEMERROR,
  ZRUNTIMEINCONSISTENCY: ErrorCode.ZRUNTIMEINCONSISTENCY,
  ZDATAINCONSISTENCY: ErrorCode.ZDATAINCONSISTENCY,
  ZCONNECTIONLOSS: ErrorCode.ZCONNECTIONLOSS,
  ZMARSHALLINGERROR: ErrorCode.ZMARSHALLINGERROR,
  ZUNIMPLEMENTED: ErrorCode.ZUNIMPLEMENTED,
  ZOPERATIONTIMEOUT: ErrorCode.ZOPERATIONTIMEOUT,
  ZBADARGUMENTS: ErrorCode.ZBADARGUMENTS,
  ZINVALIDSTATE: ErrorCode.ZINVALIDSTATE,
  ZAPIERROR: ErrorCode.ZAPIERROR,
  ZNONODE: ErrorCode.ZNONODE,
  ZNOAUTH: ErrorCode.ZNOAUTH,
  ZBADVERSION: ErrorCode.ZBADVERSION,
  ZNOCHILDRENFOREPHEMERALS: ErrorCode.ZNOCHILDRENFOREPHEMERALS,
  ZNODEEXISTS: ErrorCode.ZNODEEXISTS,
  ZNOTEMPTY: ErrorCode.ZNOTEMPTY,
  ZSESSIONEXPIRED: ErrorCode.ZSESSIONEXPIRED,
  ZINVALIDCALLBACK: ErrorCode.ZINVALIDCALLBACK,
  ZINVALIDACL: ErrorCode.ZINVALIDACL,
  ZAUTHFAILED: ErrorCode.ZAUTHFAILED,
  ZCLOSING: ErrorCode.ZCLOSING,
  ZNOTHING: ErrorCode.ZNOTHING,
  ZSESSIONMOVED: ErrorCode.ZSESSIONMOVED,
  ZOO_OPEN_ACL_UNSAFE: openAcl,
  ZOO_READ_ACL_UNSAFE: readAcl,
  ZOO_CREATOR_ALL_ACL: creatorAcl,
  ZOO_CREATED_EVENT: EventType.CREATED,
  ZOO_DELETED_EVENT: EventType.DELETED,
  ZOO_CHANGED_EVENT: EventType.CHANGED,
  ZOO_CHILD_EVENT: EventType.CHILD,
  ZOO_SESSION_EVENT: EventType.SESSION,
  ZOO_NOTWATCHING_EVENT: EventType.NOTWATCHING,
  ZOOKEEPER_WRITE: 1,
  ZOOKEEPER_READ: 2,
  ZOO_CONFIG_NODE: '/zookeeper/config',
  on_closed: 'close',
  on_connected: 'connect',
  on_connecting: 'connecting',
  on_event_created: 'created',
  on_event_deleted: 'deleted',
  on_event_changed: 'changed',
  on_event_child: 'child',
  on_event_notwatching: 'notwatching',
};

/** A value's type without its value: programs add flags up in a variable that began as one of them. */
type Widened<Value> = Value extends number ? number : Value extends string ? string : Value;

/** The constants by their names. */
export type Constants = { readonly [Name in keyof typeof values]: Widened<(typeof values)[Name]> };

/** The constants: permissions, states, log levels, kinds of nodes, result codes, ACLs, event types, names of events. */
export const constants: Constants = values;

/** Constants that came after the others were also to be had from the class. */
const newer = [
  'ZOO_PERSISTENT',
  'ZOO_PERSISTENT_SEQUENTIAL',
  'ZOO_EPHEMERAL_SEQUENTIAL',
  'ZOO_CONTAINER',
  'ZOO_PERSISTENT_WITH_TTL',
  'ZOO_PERSISTENT_SEQUENTIAL_WITH_TTL',
] as const satisfies (keyof Constants)[];

/** The constants that are to be had from the class itself. */
export type Statics = Omit<Constants, (typeof newer)[number]>;

/** Gives a class the constants as its read-only properties. */
export function withStatics<Class extends object>(target: Class): Class & Statics {
  const names = new Set<string>(newer);
  for (const [name, value] of Object.entries(values)) {
    if (names.has(name)) continue;
    Object.defineProperty(target, name, { get: () => value, configurable: true });
  }
  return target as Class & Statics;
}
