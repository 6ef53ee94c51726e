import { badArgument, type Call, shown } from './bad-arguments.js';
import { CreateFlag } from './constants.js';

const INT32_MAX = 2 ** 31 - 1;

/** What the C client can carry is more; no server takes that much. */
export const MAX_DATA_BYTES = 64 * 1024 * 1024;

/** The longest time to live that the server knows: 40 bits of milliseconds. From `ZOO_MAX_TTL`. */
const MAX_TTL = 2 ** 40 - 1;

/** A node's data, on the way in. A string is UTF-8. Null is null data, which reads as an empty Buffer. */
export type Data = string | Uint8Array | null;

function isDetached(bytes: Uint8Array): boolean {
  if (bytes.length > 0) return false;
  try {
    // On a detached buffer this throws, on an empty one it does not. Node.js 20 has no `detached`.
    new Uint8Array(bytes.buffer, 0, 0);
    return false;
  } catch {
    return true;
  }
}

/**
 * Validates data, and gives it as bytes.
 *
 * @param name - the argument's name
 * @throws ZooKeeperError `ZBADARGUMENTS` that names the argument
 */
export function checkData(call: Call, name: string, data: unknown): Uint8Array | null {
  if (data === null) return null;
  let bytes: Uint8Array;
  if (typeof data === 'string') {
    if (!data.isWellFormed()) {
      throw badArgument(call, `${name} holds a lone surrogate, which UTF-8 cannot express`);
    }
    bytes = Buffer.from(data, 'utf8');
  } else if (data instanceof Uint8Array) {
    if (isDetached(data)) throw badArgument(call, `${name} is on a detached ArrayBuffer`);
    // Memory that another thread may write to is copied before its length is looked at.
    bytes = data.buffer instanceof ArrayBuffer ? data : Buffer.from(data);
  } else {
    throw badArgument(call, `${name} must be a string, a Uint8Array or null, not ${shown(data)}`);
  }
  if (bytes.length > MAX_DATA_BYTES) {
    throw badArgument(call, `${name} has ${bytes.length} bytes; ${MAX_DATA_BYTES} are the most`);
  }
  return bytes;
}

/**
 * Validates a version: -1 for any, or what a {@link Stat} said.
 *
 * @throws ZooKeeperError `ZBADARGUMENTS` that names the argument
 */
export function checkVersion(call: Call, version: unknown): number {
  if (typeof version !== 'number' || !Number.isInteger(version) || version < -1 || version > INT32_MAX) {
    throw badArgument(call, `version must be an integer from -1 to ${INT32_MAX}, not ${shown(version)}`);
  }
  return version;
}

/**
 * Validates an options object.
 *
 * @throws ZooKeeperError `ZBADARGUMENTS` that names the argument
 */
export function checkOptions(call: Call, options: unknown): Readonly<Record<string, unknown>> {
  if (options === undefined) return {};
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw badArgument(call, `options must be an object, not ${shown(options)}`);
  }
  return options as Readonly<Record<string, unknown>>;
}

/**
 * Validates a signal.
 *
 * @throws ZooKeeperError `ZBADARGUMENTS` that names the argument
 */
export function checkSignal(call: Call, signal: unknown): AbortSignal | undefined {
  if (signal === undefined || signal instanceof AbortSignal) return signal;
  throw badArgument(call, `signal must be an AbortSignal, not ${shown(signal)}`);
}

/** The flags that make one of ZooKeeper's seven kinds of node. */
const modes: ReadonlySet<unknown> = new Set([
  0,
  CreateFlag.EPHEMERAL,
  CreateFlag.SEQUENCE,
  CreateFlag.EPHEMERAL | CreateFlag.SEQUENCE,
  CreateFlag.CONTAINER,
  CreateFlag.PERSISTENT_WITH_TTL,
  CreateFlag.PERSISTENT_SEQUENTIAL_WITH_TTL,
]);

/**
 * Validates the flags of a create.
 *
 * @throws ZooKeeperError `ZBADARGUMENTS` that names the argument
 */
export function checkFlags(call: Call, flags: unknown): number {
  if (!modes.has(flags)) {
    throw badArgument(call, `flags must be 0 or a combination that CreateFlag names, not ${shown(flags)}`);
  }
  return flags as number;
}

/** Whether a node of these flags gets a number appended to its path. */
export function isSequential(flags: unknown): boolean {
  return (
    flags === CreateFlag.SEQUENCE ||
    flags === (CreateFlag.EPHEMERAL | CreateFlag.SEQUENCE) ||
    flags === CreateFlag.PERSISTENT_SEQUENTIAL_WITH_TTL
  );
}

/**
 * Validates the time to live of a create: milliseconds, where the flags ask for one, and nothing elsewhere.
 *
 * @returns what the C client takes: -1 for none
 * @throws ZooKeeperError `ZBADARGUMENTS` that names the argument
 */
export function checkTTL(call: Call, flags: number, ttl: unknown): number {
  const wantsTTL =
    flags === CreateFlag.PERSISTENT_WITH_TTL || flags === CreateFlag.PERSISTENT_SEQUENTIAL_WITH_TTL;
  if (!wantsTTL) {
    if (ttl === undefined) return -1;
    throw badArgument(call, 'ttl goes only with the flags PERSISTENT_WITH_TTL and PERSISTENT_SEQUENTIAL_WITH_TTL');
  }
  if (typeof ttl !== 'number' || !Number.isInteger(ttl) || ttl < 1 || ttl > MAX_TTL) {
    throw badArgument(call, `ttl must be an integer from 1 to ${MAX_TTL}, in milliseconds, not ${shown(ttl)}`);
  }
  return ttl;
}
