import { inspect } from 'node:util';
import type { logger } from './types.js';

/** Where lines go when a client is told to log, and not where to. */
function logToConsole(...values: unknown[]): void {
  console.log(`ZOOKEEPER_LOG: ${values[0]}`);
}

/**
 * Reads what `setLogger` was given: a function, or whether to log at all.
 *
 * @throws Error when it is neither
 */
export function readLogger(value: unknown): logger | undefined {
  if (value === true) return logToConsole;
  if (value === false) return undefined;
  if (typeof value === 'function') return value as logger;
  throw new Error(
    'InvalidArgument: logger must be a function or true/false to utilize default logger',
  );
}

/** The line that tells of a call. */
export function callLine(name: string, values: unknown): string {
  return `Calling ${name} with ${inspect(values)}`;
}

/** The line that tells of an event. */
export function eventLine(name: string, first: unknown, second: unknown, third: unknown): string {
  return `Emitting '${name}' with args: ${first}, ${second}, ${third}`;
}
