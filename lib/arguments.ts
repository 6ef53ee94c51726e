import { isArrayBuffer, isUint8Array } from 'node:util/types';
import { badArgument, type Call, shown } from './bad-arguments.js';
import { CreateFlag } from './constants.js';

const INT32_MAX = 2 ** 31 - 1;

/** Bytes that one argument may have. The C client could carry more, but no server takes that much. */
export const MAX_BYTES = 64 * 1024 * 1024;

/** The longest time to live that the server knows: 40 bits of milliseconds. From `ZOO_MAX_TTL`. */
const MAX_TTL = 2 ** 40 - 1;

/**
 * A node's data, on the way in. A string is UTF-8. Null is null data, which reads as an empty Buffer.
 *
 * @example
 * ```ts
 * const data: Data[] = ['text', Buffer.from([0, 1]), new Uint8Array(3), null];
 * for (const each of data) await conn.set('/a', each);
 * ```
 */
export type Data = string | Uint8Array | null;

/**
 * Validates bytes: a view that lost its memory has a length of 0, and would pass for an empty one.
 *
 * @returns the bytes, as they are now: memory that another thread may write to is copied before its length is looked at
 * @throws ZooKeeperError `ZBADARGUMENTS` that names the argument
 */
export function checkBytes(call: Call, name: string, bytes: Uint8Array): Uint8Array {
  try {
    bytes.values();
  } catch {
    throw badArgument(
      call,
      `${name} is on memory that it has lost: a detached or a shrunk ArrayBuffer`,
    );
  }
  const own = isArrayBuffer(bytes.buffer) ? bytes : Buffer.from(bytes);
  if (own.length > MAX_BYTES) {
    throw badArgument(call, `${name} has ${own.length} bytes; ${MAX_BYTES} are the most`);
  }
  return own;
}

/**
 * Validates data, and gives it as bytes.
 *
 * @param name - the argument's name
 * @throws ZooKeeperError `ZBADARGUMENTS` that names the argument
 */
export function checkData(call: Call, name: string, data: unknown): Uint8Array | null {
  if (data === null) return null;
  if (isUint8Array(data)) return checkBytes(call, name, data);
  if (typeof data !== 'string') {
    throw badArgument(call, `${name} must be a string, a Uint8Array or null, not ${shown(data)}`);
  }
  if (!data.isWellFormed()) {
    throw badArgument(call, `${name} holds a lone surrogate, which UTF-8 cannot express`);
  }
  return checkBytes(call, name, Buffer.from(data, 'utf8'));
}

/**
 * Validates a version: -1 for any, or what a {@link Stat} said.
 *
 * @throws ZooKeeperError `ZBADARGUMENTS` that names the argument
 */
export function checkVersion(call: Call, version: unknown): number {
  if (
    typeof version !== 'number' ||
    !Number.isInteger(version) ||
    version < -1 ||
    version > INT32_MAX
  ) {
    throw badArgument(
      call,
      `version must be an integer from -1 to ${INT32_MAX}, not ${shown(version)}`,
    );
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

function isAbortSignal(value: unknown): value is AbortSignal {
  try {
    // An object that was only given the prototype has no state to read.
    return value instanceof AbortSignal && typeof value.aborted === 'boolean';
  } catch {
    return false;
  }
}

/**
 * Validates a signal.
 *
 * @throws ZooKeeperError `ZBADARGUMENTS` that names the argument
 */
export function checkSignal(call: Call, signal: unknown): AbortSignal | undefined {
  if (signal === undefined || isAbortSignal(signal)) return signal;
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
    throw badArgument(
      call,
      `flags must be 0 or a combination that CreateFlag names, not ${shown(flags)}`,
    );
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
    throw badArgument(
      call,
      'ttl goes only with the flags PERSISTENT_WITH_TTL and PERSISTENT_SEQUENTIAL_WITH_TTL',
    );
  }
  if (typeof ttl !== 'number' || !Number.isInteger(ttl) || ttl < 1 || ttl > MAX_TTL) {
    throw badArgument(
      call,
      `ttl must be an integer from 1 to ${MAX_TTL}, in milliseconds, not ${shown(ttl)}`,
    );
  }
  return ttl;
}
