import { checkBytes } from '../arguments.js';
import { checkPath } from '../path.js';

/*
 * The original takes anything for an argument, and makes of it what it needs, as JavaScript's own operators do. Where it then
 * aborts the process, these throw a TypeError.
 */

/** Any value as text. */
export function toText(value: unknown): string {
  // A template refuses symbols, where String() does not.
  return `${value as string}`;
}

/** Any value as a number of 32 bits; undefined and null are 0. */
export function toInt32(name: string, value: unknown): number {
  if (typeof value === 'bigint' || typeof value === 'symbol') {
    throw new TypeError(`${name} must be a number, not a ${typeof value}`);
  }
  return Number(value) | 0;
}

/** Any value as a number of 64 bits. */
export function toInt64(name: string, value: unknown): bigint {
  if (typeof value === 'bigint' || typeof value === 'symbol') {
    throw new TypeError(`${name} must be a number, not a ${typeof value}`);
  }
  const number = Math.trunc(Number(value));
  return Number.isFinite(number) ? BigInt.asIntN(64, BigInt(number)) : 0n;
}

/**
 * Any value as a node's data: views give their bytes, all else its text. Undefined for memory that was lost, and for more
 * than any server takes.
 */
export function toBytes(value: unknown): Uint8Array | undefined {
  const bytes = ArrayBuffer.isView(value) ? asUint8Array(value) : Buffer.from(toText(value));
  try {
    return checkBytes({ op: 'data' }, 'data', bytes);
  } catch {
    return undefined;
  }
}

function asUint8Array(view: ArrayBufferView): Uint8Array {
  if (view instanceof Uint8Array) return view;
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

/** Whether the server would take a path. @param isSequential - the server will append a number */
export function isPath(path: string, isSequential = false): boolean {
  try {
    checkPath({ op: 'path' }, path, isSequential);
    return true;
  } catch {
    return false;
  }
}

/**
 * Validates a callback.
 *
 * @throws TypeError that names it: there is nobody to tell, where the original aborts the process
 */
export function checkCallback(name: string, value: unknown): void {
  if (typeof value !== 'function') {
    throw new TypeError(
      `${name} must be a function, not ${value === null ? 'null' : typeof value}`,
    );
  }
}
