import type { ClientId, Conn, Ensemble, Server, Watch } from 'libzookeeper';
import type { Sample } from './values.js';

/** What the calls are made on. */
export interface Subjects {
  readonly address: string;
  readonly conn: Conn;
  readonly watch: Watch;
  readonly clientId: ClientId;
  /** Not started. */
  readonly server: Server;
  /** Not started. */
  readonly ensemble: Ensemble;
}

/** An argument of a function, and what it must not be. */
export interface Row {
  /** The function: `Conn.get`. */
  readonly name: string;
  /** The argument, as the error is to name it. */
  readonly argument: string;
  readonly samples: readonly Sample[];
  readonly call: (subjects: Subjects, value: unknown) => unknown;
  /** It throws; all others reject. */
  readonly throws: boolean;
}

// biome-ignore lint/complexity/noBannedTypes: whatever it takes, it is given something else
type Untyped = Function;

/** Calls a function without TypeScript's knowledge of what it takes. */
export function calling(called: Untyped, ...args: unknown[]): unknown {
  return Reflect.apply(called, undefined, args);
}

/** Calls a method in the same way. */
export function callingOn(target: object, name: string, ...args: unknown[]): unknown {
  return Reflect.apply(Reflect.get(target, name) as Untyped, target, args);
}

export function throws(
  name: string,
  argument: string,
  samples: readonly Sample[],
  call: Row['call'],
): Row {
  return { name, argument, samples, call, throws: true };
}

export function rejects(
  name: string,
  argument: string,
  samples: readonly Sample[],
  call: Row['call'],
): Row {
  return { name, argument, samples, call, throws: false };
}
