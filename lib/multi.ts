import { packACL } from './acl.js';
import { checkData, checkOptions, checkVersion, MAX_BYTES } from './arguments.js';
import { badArgument, type Call, shown } from './bad-arguments.js';
import { CreateFlag } from './constants.js';
import { ErrorCode } from './error-code.js';
import type { ZooKeeperError } from './errors.js';
import { MultiError, opOutcome } from './multi-error.js';
import type { CreateOp, Op, SetOp } from './op.js';
import { PackedWriter } from './packed.js';
import { checkPath, checkPathToCreate } from './path.js';
import { RecordLayout as L } from './record-layout.js';
import type { Reply } from './records.js';
import type { Stat } from './stat.js';

/**
 * What an op gives: the created path, the new stat, or nothing.
 *
 * @example
 * ```ts
 * const path: OpResult<CreateOp> = (await conn.multi([op.create('/a')]))[0];
 * ```
 */
export type OpResult<O extends Op> = O extends CreateOp
  ? string
  : O extends SetOp
    ? Stat
    : undefined;

/**
 * What {@link Conn.multi} resolves to: what each op gives, in their order.
 *
 * @example
 * ```ts
 * const ops = [op.create('/a'), op.set('/b', 'data')] as const;
 * const [path, stat]: MultiResults<typeof ops> = await conn.multi(ops);
 * ```
 */
export type MultiResults<Ops extends readonly Op[]> = {
  -readonly [Index in keyof Ops]: OpResult<Ops[Index]>;
};

/** A transaction on its way down: its ops in bytes, and what to call each. */
export interface PackedOps {
  readonly packed: Buffer;
  readonly names: readonly { readonly op: string; readonly path: string }[];
}

/** What is not the fault of any one op, though a server or the C client may say it of each. */
const notOfAnOp: ReadonlySet<number> = new Set([
  ErrorCode.ZCONNECTIONLOSS,
  ErrorCode.ZCLOSING,
  ErrorCode.ZSESSIONEXPIRED,
  ErrorCode.ZAUTHFAILED,
  ErrorCode.ZSESSIONMOVED,
  ErrorCode.ZNOTREADONLY,
  ErrorCode.ZREQUESTTIMEOUT,
  ErrorCode.ZTHROTTLEDOP,
]);

/** What an op may be until it is validated. */
type Unchecked = Readonly<Record<string, unknown>>;

/** The most that is set aside for an op, and for all, before any was looked at. */
const MOST_OF_OP = 4096;
const BYTES_AT_FIRST = 1024 * 1024;

/** Besides what an op takes: room for the next text to be as long as it can in UTF-8. */
const ROOM = 64;

/** About as many bytes as an op takes. What a program does in one transaction is much like what it did in the one before. */
let bytesOfOp = 128;

/**
 * Validates the ops of a transaction, and packs them as `native/record_layout.h` says. What it makes is a copy: the caller's
 * buffers are the caller's again.
 *
 * @param isBelowChroot - whether paths are relative to another one than the root
 * @throws ZooKeeperError `ZBADARGUMENTS` that names the op and what is wrong with it
 */
export function packOps(call: Call, given: unknown, isBelowChroot: boolean): PackedOps {
  if (!Array.isArray(given)) throw badArgument(call, `ops must be an array, not ${shown(given)}`);
  const { length } = given;
  const writer = new PackedWriter(Math.min(bytesOfOp * length, BYTES_AT_FIRST));
  writer.number(length);
  const names: { op: string; path: string }[] = [];
  const opCall = new OpCall(call.op);
  for (let index = 0; index < length; index += 1) {
    opCall.index = index;
    opCall.path = undefined;
    names.push(packOp(writer, opCall, given[index], isBelowChroot));
    if (writer.length > MAX_BYTES) {
      throw badArgument(call, `ops have more than ${MAX_BYTES} bytes up to the one at ${index}`);
    }
  }
  bytesOfOp = Math.min(Math.ceil(writer.length / Math.max(length, 1)) + ROOM, MOST_OF_OP);
  return { packed: writer.packed, names };
}

/** The call, as an error about one of its ops tells of it; one for all of them, since most are never told of. */
class OpCall implements Call {
  readonly op: string;
  /** Of the op that is looked at. */
  index = 0;
  /** Its path, as soon as it was validated. */
  path: string | undefined = undefined;

  constructor(op: string) {
    this.op = op;
  }

  get part(): string {
    return `ops[${this.index}]`;
  }
}

function packOp(
  writer: PackedWriter,
  call: OpCall,
  given: unknown,
  isBelowChroot: boolean,
): { op: string; path: string } {
  if (typeof given !== 'object' || given === null) throw notAnOp(call, given);
  const op = given as Unchecked;
  switch (op['type']) {
    case 'create':
      return packCreate(writer, call, op, isBelowChroot);
    case 'delete':
      return packVersioned(writer, call, L.OP_DELETE, 'delete', op);
    case 'set': {
      const name = packVersioned(writer, call, L.OP_SET, 'set', op);
      writer.bytes(checkData(call, 'data', op['data']));
      return name;
    }
    case 'check':
      return packVersioned(writer, call, L.OP_CHECK, 'check', op);
    default:
      throw notAnOp(call, given);
  }
}

function notAnOp({ op, part }: OpCall, given: unknown): ZooKeeperError {
  return badArgument(
    { op },
    `${part} must be what op.create, op.delete, op.set or op.check gives, not ${shown(given)}`,
  );
}

/** Kind, version and path. */
function packVersioned(
  writer: PackedWriter,
  call: OpCall,
  kind: number,
  op: string,
  given: Unchecked,
): { op: string; path: string } {
  const path = checkPath(call, given['path']);
  call.path = path;
  writer.number(kind);
  writer.number(checkVersion(call, given['version']));
  writer.text(path);
  return { op, path };
}

/** Kind, flags, path, data and ACL. */
function packCreate(
  writer: PackedWriter,
  call: OpCall,
  given: Unchecked,
  isBelowChroot: boolean,
): { op: string; path: string } {
  const { flags = 0, acl, ttl } = checkOptions(call, given['options']);
  const path = checkPathToCreate(call, given['path'], flags, isBelowChroot);
  call.path = path;
  if (
    flags !== 0 &&
    flags !== CreateFlag.EPHEMERAL &&
    flags !== CreateFlag.SEQUENCE &&
    flags !== (CreateFlag.EPHEMERAL | CreateFlag.SEQUENCE)
  ) {
    throw badArgument(
      call,
      `flags must be 0, EPHEMERAL, SEQUENCE or both, not ${shown(flags)}: the C client creates no containers in a transaction, and no nodes with a time to live`,
    );
  }
  if (ttl !== undefined) {
    throw badArgument(
      call,
      'ttl: the C client creates no nodes with a time to live in a transaction',
    );
  }
  writer.number(L.OP_CREATE);
  writer.number(flags);
  writer.text(path);
  writer.bytes(checkData(call, 'data', given['data']));
  writer.bytes(acl === undefined ? null : packACL(call, acl));
  return { op: 'create', path };
}

/**
 * What a transaction came to.
 *
 * @param failure - the error of a request that failed as a whole
 * @returns what each op gives
 * @throws MultiError when the server refused an op; ZooKeeperError when it was refused, or lost, as a whole
 */
export function multiResults(
  failure: (errno: number) => ZooKeeperError,
  names: PackedOps['names'],
  reply: Reply,
): readonly (string | Stat | undefined)[] {
  const { codes, results } = reply.outcomes;
  const errno =
    reply.rc === ErrorCode.ZOK ? codes.find((code) => code !== ErrorCode.ZOK) : reply.rc;
  if (errno === undefined) return results;

  const index = codes.findIndex(
    (code) => code !== ErrorCode.ZOK && code !== ErrorCode.ZRUNTIMEINCONSISTENCY,
  );
  // What is said of the whole request, the C client repeats for each of its ops.
  const isOfAll = codes.length > 1 && codes.every((code) => code === errno);
  if (index < 0 || isOfAll || notOfAnOp.has(errno)) throw failure(errno);
  throw new MultiError(
    names.map(({ op, path }, at) => opOutcome(op, path, codes[at] as number)),
    index,
  );
}
