import { ErrorCode } from './error-code.js';

/*
 * The families that codes belong to, for the predicates of ZooKeeperError. docs/failures.md has them as a table, which a test
 * compares with what is here.
 */

/** Methods that change something on the servers. All others have no outcome that could be unknown. */
const changes: ReadonlySet<string> = new Set([
  'create',
  'createWithStat',
  'set',
  'delete',
  'setACL',
  'multi',
  'reconfig',
]);

/**
 * Codes by which a server says no: it has looked at the change, and it was not made. Of every other code, those included that
 * nobody here knows, it is not certain what it says of a change that was on its way.
 */
const refusals: ReadonlySet<number> = new Set([
  ErrorCode.ZOK,
  ErrorCode.ZUNIMPLEMENTED,
  ErrorCode.ZBADARGUMENTS,
  ErrorCode.ZINVALIDSTATE,
  ErrorCode.ZNEWCONFIGNOQUORUM,
  ErrorCode.ZRECONFIGINPROGRESS,
  ErrorCode.ZAPIERROR,
  ErrorCode.ZNONODE,
  ErrorCode.ZNOAUTH,
  ErrorCode.ZBADVERSION,
  ErrorCode.ZNOCHILDRENFOREPHEMERALS,
  ErrorCode.ZNODEEXISTS,
  ErrorCode.ZNOTEMPTY,
  ErrorCode.ZINVALIDCALLBACK,
  ErrorCode.ZINVALIDACL,
  ErrorCode.ZNOTHING,
  ErrorCode.ZSESSIONMOVED,
  ErrorCode.ZNOTREADONLY,
  ErrorCode.ZEPHEMERALONLOCALSESSION,
  ErrorCode.ZNOWATCHER,
  ErrorCode.ZRECONFIGDISABLED,
  ErrorCode.ZSESSIONCLOSEDREQUIRESASLAUTH,
  ErrorCode.ZQUOTAEXCEEDED,
  ErrorCode.ZTHROTTLEDOP,
]);

/** Codes after which a connection is of no use any more. */
const ends: ReadonlySet<number> = new Set([
  ErrorCode.ZINVALIDSTATE,
  ErrorCode.ZUNKNOWNSESSION,
  ErrorCode.ZSESSIONEXPIRED,
  ErrorCode.ZAUTHFAILED,
  ErrorCode.ZCLOSING,
  ErrorCode.ZSESSIONCLOSEDREQUIRESASLAUTH,
]);

/** Codes of what passes: the same call may succeed a moment later. */
const passing: ReadonlySet<number> = new Set([
  ErrorCode.ZCONNECTIONLOSS,
  ErrorCode.ZOPERATIONTIMEOUT,
  ErrorCode.ZNEWCONFIGNOQUORUM,
  ErrorCode.ZRECONFIGINPROGRESS,
  ErrorCode.ZSSLCONNECTIONERROR,
  ErrorCode.ZSESSIONMOVED,
  ErrorCode.ZNOTREADONLY,
  ErrorCode.ZREQUESTTIMEOUT,
  ErrorCode.ZTHROTTLEDOP,
]);

/** Whether nobody knows if the change was made, once its request was on its way. */
export function isOutcomeUnknown(op: string, errno: number): boolean {
  return changes.has(op) && !refusals.has(errno);
}

/** Whether the connection will never work again. */
export function isTerminal(errno: number): boolean {
  return ends.has(errno);
}

/** Whether the same call may succeed if it is made again. */
export function isRetryable(errno: number): boolean {
  return passing.has(errno);
}
