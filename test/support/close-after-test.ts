import type { Conn } from 'libzookeeper';
import { onTestFinished } from 'vitest';

/** Closes a connection when the test is done, unless the test did so itself. */
export function closeAfterTest(conn: Conn): Conn {
  onTestFinished(() => conn[Symbol.asyncDispose]());
  return conn;
}
