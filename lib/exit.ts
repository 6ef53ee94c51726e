import { addon } from './native.js';

/** How long an exiting process waits for closes that were asked for, in milliseconds. */
const LONGEST_WAIT = 1000;

/** Connections whose close is under way in native code. */
const closing = new Set<number>();

function awaitCloses(): void {
  const deadline = performance.now() + LONGEST_WAIT;
  for (const client of closing) {
    addon.awaitEnd(client, Math.max(0, Math.ceil(deadline - performance.now())));
  }
}

/**
 * Has an exit of the process, or of the worker, wait for a close that is under way: `conn.close(); process.exit()` ends the
 * session.
 *
 * @param client - the connection's number in native code
 * @returns takes that back; to be called when the close is done
 */
export function delayExit(client: number): () => void {
  if (closing.size === 0) process.on('exit', awaitCloses);
  closing.add(client);
  return () => {
    closing.delete(client);
    if (closing.size === 0) process.off('exit', awaitCloses);
  };
}
