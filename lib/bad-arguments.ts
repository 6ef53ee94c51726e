import { ErrorCode } from './error-code.js';
import { ZooKeeperError } from './errors.js';

/** Which call an argument was given to. */
export interface Call {
  /** The method: `'set'`. */
  readonly op: string;
  /** The path that it was given, where it is a string. */
  readonly path?: string | undefined;
  /** The argument that the others are part of: `'ops[2]'`. */
  readonly part?: string | undefined;
}

/**
 * An error for an argument that is wrong: `zookeeper: set "/a": bad arguments: version must be …`.
 *
 * @param detail - names the argument, and says what it must be
 * @param cause - the error that told so
 */
export function badArgument(call: Call, detail: string, cause?: Error): ZooKeeperError {
  return new ZooKeeperError({
    op: call.op,
    path: call.path,
    errno: ErrorCode.ZBADARGUMENTS,
    detail: call.part === undefined ? detail : `${call.part}: ${detail}`,
    cause,
  });
}

function shownObject(value: object | null): string {
  if (value === null) return 'null';
  try {
    return Array.isArray(value) ? 'an array' : 'an object';
  } catch {
    return 'a revoked Proxy';
  }
}

/** A value as an error message shows it: short, and never a secret's content. */
export function shown(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return 'a string';
    case 'number':
    case 'bigint':
    case 'boolean':
    case 'undefined':
      return String(value);
    case 'object':
      return shownObject(value);
    default:
      return `a ${typeof value}`;
  }
}
