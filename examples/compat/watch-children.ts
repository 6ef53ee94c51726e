import { constants, inBackground, type ZooKeeper } from './client.js';

/** Ends what {@link watchChildren} began. */
export type Stop = () => void;

/**
 * Calls back with the names of a node's children, now and whenever one comes or goes. A client that was closed ends it; any
 * other failure is the program's end.
 */
export function watchChildren(
  client: ZooKeeper,
  path: string,
  onChildren: (names: string[]) => void,
): Stop {
  let isOver = false;
  const look = async (): Promise<void> => {
    const names = await client.w_get_children(path, (type) => {
      // The original tells watchers of the connection, too; the watch stays.
      if (type !== constants.ZOO_SESSION_EVENT && !isOver) inBackground(client, look());
    });
    if (!isOver) onChildren(names.sort());
  };
  inBackground(client, look());
  return () => {
    isOver = true;
  };
}
