import { fourLetterWord, watchCounts } from './four-letter-word.js';
import { waitFor } from './wait-for.js';

/** The watches that a server has registered, one for each connection and path. */
export interface ServerWatches {
  /** Those for a node's data or existence: what `wchs` counts. */
  data: number;
  /** Those for a list of children, which `wchs` leaves out. */
  children: number;
}

export async function serverWatches(address: string): Promise<ServerWatches> {
  const [{ watches: data }, monitor] = [
    await watchCounts(address),
    await fourLetterWord(address, 'mntr'),
  ];
  const all = Number(/^zk_watch_count\t(\d+)$/m.exec(monitor)?.[1]);
  return { data, children: all - data };
}

/**
 * Waits until a server counts so many watches, no more and no less. Those of a connection that was
 * just closed may still be there for an instant.
 */
export async function serverHasWatches(address: string, wanted: ServerWatches): Promise<void> {
  let seen: ServerWatches | undefined;
  const isReached = async (): Promise<boolean> => {
    seen = await serverWatches(address);
    return seen.data === wanted.data && seen.children === wanted.children;
  };
  await waitFor(isReached, { timeout: 3000 }).catch(() => {
    const shown = JSON.stringify;
    throw new Error(`the server counts ${shown(seen)} watches, not ${shown(wanted)}`);
  });
}
