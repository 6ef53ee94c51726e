import { constants, hasCode, type ZooKeeper } from '../client.js';

/**
 * Resolves when this member leads: it has the lowest number of all that are there. It watches the one ahead of it, so that
 * nobody else is woken when that one goes.
 */
export async function elected(client: ZooKeeper, members: string, me: string): Promise<void> {
  for (;;) {
    const names = (await client.get_children(members, false)).sort();
    const ahead = names[names.indexOf(me) - 1];
    if (ahead === undefined) return;
    await gone(client, `${members}/${ahead}`);
  }
}

/** Resolves when there is no such node any more. */
function gone(client: ZooKeeper, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const watcher = (type: number): void => {
      if (type !== constants.ZOO_SESSION_EVENT) resolve();
    };
    client.w_exists(path, watcher).catch((error) => {
      if (hasCode(error, constants.ZNONODE)) resolve();
      else reject(error);
    });
  });
}
