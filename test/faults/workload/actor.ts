import type { Conn } from 'libzookeeper';

/** Somebody who does one thing over and over, and remembers what must be so because of it. */
export interface Actor {
  /** Makes what it needs. Called once, before the first fault. */
  prepare(conn: Conn): Promise<unknown>;
  /** Does it once. May take any time while there are faults. */
  step(): Promise<void>;
  /** Called once, when all is well again and nobody steps any more: looks whether everything is as it must be. */
  verify(conn: Conn): Promise<void>;
  close(): Promise<void>;
}

/** Something that must never be so. */
export class Violation extends Error {
  override readonly name = 'Violation';
}

export function must(holds: boolean, what: () => string): asserts holds {
  if (!holds) throw new Violation(what());
}
