export { type ACL, authACL, digestACL, worldACL } from './acl.js';
export type { Data } from './arguments.js';
export type { Channel, ReceiveOptions } from './channel.js';
export { ClientId } from './client-id.js';
export {
  type ChildrenResult,
  Conn,
  type ConnEvents,
  type CreateOptions,
  type DataResult,
  type ExistsResult,
  type GetOptions,
  type OperationOptions,
  type Watched,
} from './conn.js';
export { CreateFlag, EventType, LogLevel, Perm, State } from './constants.js';
export { connect, dial, redial } from './dial.js';
export type { Auth, ConnectOptions, DialOptions } from './dial-options.js';
export { ErrorCode, type ErrorName } from './error-code.js';
export { isError, ZooKeeperError, type ZooKeeperErrorDetails } from './errors.js';
export { ZooKeeperEvent } from './event.js';
export { type Logger, setLogLevel } from './logger.js';
export { countPendingWatches } from './pending-watches.js';
export type { ChangeFunction, RetryChangeOptions } from './retry-change.js';
export * from './server/index.js';
export type { Stat } from './stat.js';
export type { Watch, WatchKind } from './watch.js';
