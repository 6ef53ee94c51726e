import { packACL } from './acl.js';
import { checkData, checkOptions, checkVersion, MAX_BYTES } from './arguments.js';
import { badArgument, type Call, shown } from './bad-arguments.js';
import { CreateFlag } from './constants.js';
import { ErrorCode } from './error-code.js';
import { ZooKeeperError } from './errors.js';
import { MultiError, opOutcome } from './multi-error.js';
import type { CreateOp, Op, SetOp } from './op.js';
import { PackedWriter, packedBytes } from './packed.js';
import { checkPath, checkPathToCreate } from './path.js';
import { RecordLayout as L } from './record-layout.js';
import type { Outcome, Reply } from './records.js';
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

/** An op that was validated. */
interface ValidOp {
  readonly kind: number;
  readonly op: string;
  readonly path: string;
  /** The flags of a create, the version of all others. */
  readonly number: number;
  readonly data?: Uint8Array | null;
  readonly acl?: Buffer | null;
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

/**
 * Validates the ops of a transaction, and packs them as `native/record_layout.h` says. What it makes is a copy: the caller's
 * buffers are the caller's again.
 *
 * @param isBelowChroot - whether paths are relative to another one than the root
 * @throws ZooKeeperError `ZBADARGUMENTS` that names the op and what is wrong with it
 */
export function packOps(call: Call, given: unknown, isBelowChroot: boolean): PackedOps {
  if (!Array.isArray(given)) throw badArgument(call, `ops must be an array, not ${shown(given)}`);
  const ops: ValidOp[] = [];
  let size = 0;
  for (let index = 0; index < given.length; index += 1) {
    const valid = checkOp({ op: call.op, part: `ops[${index}]` }, given[index], isBelowChroot);
    size += sizeOf(valid);
    if (size > MAX_BYTES) {
      throw badArgument(call, `ops have more than ${MAX_BYTES} bytes up to the one at ${index}`);
    }
    ops.push(valid);
  }
  const writer = new PackedWriter(size);
  for (const valid of ops) write(writer, valid);
  return { packed: writer.packed, names: ops.map(({ op, path }) => ({ op, path })) };
}

function checkOp(call: Call, given: unknown, isBelowChroot: boolean): ValidOp {
  const notOne = (what: string) =>
    badArgument(
      { op: call.op },
      `${call.part} must be what op.create, op.delete, op.set or op.check gives, not ${what}`,
    );
  if (typeof given !== 'object' || given === null) throw notOne(shown(given));
  const { type, path, data, version, options } = given as Readonly<Record<string, unknown>>;
  switch (type) {
    case 'create':
      return checkCreate(call, path, data, options, isBelowChroot);
    case 'delete':
      return checkVersioned(call, L.OP_DELETE, type, path, version);
    case 'set': {
      const versioned = checkVersioned(call, L.OP_SET, type, path, version);
      return { ...versioned, data: checkData({ ...call, path: versioned.path }, 'data', data) };
    }
    case 'check':
      return checkVersioned(call, L.OP_CHECK, type, path, version);
    default:
      throw notOne(shown(given));
  }
}

function checkVersioned(
  call: Call,
  kind: number,
  op: string,
  path: unknown,
  version: unknown,
): ValidOp {
  const checkedPath = checkPath(call, path);
  return {
    kind,
    op,
    path: checkedPath,
    number: checkVersion({ ...call, path: checkedPath }, version),
  };
}

function checkCreate(
  call: Call,
  path: unknown,
  data: unknown,
  given: unknown,
  isBelowChroot: boolean,
): ValidOp {
  const { flags = 0, acl, ttl } = checkOptions(call, given);
  const checkedPath = checkPathToCreate(call, path, flags, isBelowChroot);
  const of = { ...call, path: checkedPath };
  if (
    flags !== 0 &&
    flags !== CreateFlag.EPHEMERAL &&
    flags !== CreateFlag.SEQUENCE &&
    flags !== (CreateFlag.EPHEMERAL | CreateFlag.SEQUENCE)
  ) {
    throw badArgument(
      of,
      `flags must be 0, EPHEMERAL, SEQUENCE or both, not ${shown(flags)}: the C client creates no containers in a transaction, and no nodes with a time to live`,
    );
  }
  if (ttl !== undefined) {
    throw badArgument(
      of,
      'ttl: the C client creates no nodes with a time to live in a transaction',
    );
  }
  return {
    kind: L.OP_CREATE,
    op: 'create',
    path: checkedPath,
    number: flags,
    data: checkData(of, 'data', data),
    acl: acl === undefined ? null : packACL(of, acl),
  };
}

/** Kind and number, path and NUL, and what else the op has. */
function sizeOf({ path, data, acl }: ValidOp): number {
  const fixed = 4 + 4 + 4 + Buffer.byteLength(path) + 1;
  return (
    fixed +
    (data === undefined ? 0 : packedBytes(data)) +
    (acl === undefined ? 0 : packedBytes(acl))
  );
}

function write(writer: PackedWriter, { kind, number, path, data, acl }: ValidOp): void {
  writer.number(kind);
  writer.number(number);
  writer.bytes(Buffer.from(path));
  writer.nul();
  if (data !== undefined) writer.bytes(data);
  if (acl !== undefined) writer.bytes(acl);
}

/**
 * What a transaction came to.
 *
 * @returns what each op gives
 * @throws MultiError when the server refused an op; ZooKeeperError when it was refused, or lost, as a whole
 */
export function multiResults(call: Call, { names }: PackedOps, reply: Reply): unknown[] {
  const codes = reply.outcomes.map(({ code }) => code);
  const errno = reply.rc === ErrorCode.ZOK ? codes.find((code) => code !== 0) : reply.rc;
  if (errno === undefined) return reply.outcomes.map(resultOf);

  const index = codes.findIndex(
    (code) => code !== ErrorCode.ZOK && code !== ErrorCode.ZRUNTIMEINCONSISTENCY,
  );
  // What is said of the whole request, the C client repeats for each of its ops.
  const isOfAll = codes.length > 1 && codes.every((code) => code === errno);
  if (index < 0 || isOfAll || notOfAnOp.has(errno)) throw new ZooKeeperError({ ...call, errno });
  throw new MultiError(
    names.map(({ op, path }, at) => opOutcome(op, path, codes[at] as number)),
    index,
  );
}

function resultOf({ path, stat }: Outcome): string | Stat | undefined {
  return path ?? stat;
}
