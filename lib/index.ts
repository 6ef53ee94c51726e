/**
 * The API over the official C client: connections, sessions, watches.
 *
 * @module libzookeeper
 */
export { type ACL, authACL, digestACL, worldACL } from './acl.js';
export type { Data } from './arguments.js';
export type { Channel, ReceiveOptions } from './channel.js';
export { ClientId } from './client-id.js';
export { type EnsembleConfig, type Member, type MemberAddress, parseConfig } from './config.js';
export { Conn, type ConnEvents } from './conn.js';
export { CreateFlag, EventType, LogLevel, Perm, State } from './constants.js';
export { connect, dial, redial } from './dial.js';
export type { Auth, ConnectOptions, DialOptions } from './dial-options.js';
export { ErrorCode, type ErrorName } from './error-code.js';
export { isError, ZooKeeperError, type ZooKeeperErrorDetails } from './errors.js';
export { ZooKeeperEvent } from './event.js';
export { type LogDetails, type Logger, setLogLevel } from './logger.js';
export type { MultiResults, OpResult } from './multi.js';
export { MultiError, type OpOutcome } from './multi-error.js';
export {
  type CheckOp,
  type CreateOp,
  type CreateOpOptions,
  type DeleteOp,
  type Op,
  op,
  type SetOp,
} from './op.js';
export type { CreateOptions, GetOptions, OperationOptions } from './operation-options.js';
export type { Pem } from './pem.js';
export { countPendingWatches } from './pending-watches.js';
export type { ReconfigChange } from './reconfig.js';
export type { ChildrenResult, DataResult, ExistsResult, Watched } from './results.js';
export type { ChangeFunction, RetryChangeOptions } from './retry-change.js';
export type { DigestMd5Options, GssapiOptions, SaslOptions } from './sasl-options.js';
export * from './server/index.js';
export type { Stat } from './stat.js';
export type { TlsOptions } from './tls-options.js';
export type { Watch, WatchKind } from './watch.js';
