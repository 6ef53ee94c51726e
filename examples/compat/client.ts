// The one line to switch: 'zookeeper' stands here in a program that has not moved over yet.
import ZooKeeper from 'libzookeeper/compat';

export { ZooKeeper };

export const { constants } = ZooKeeper;

/** A client that is connected. */
export function connected(servers: string): Promise<ZooKeeper> {
  const client = new ZooKeeper({
    connect: servers,
    timeout: 5000,
    debug_level: constants.ZOO_LOG_LEVEL_ERROR,
    host_order_deterministic: false,
  });
  return new Promise((resolve, reject) => {
    client.connect({}, (error) => {
      if (error) reject(error);
      else resolve(client);
    });
  });
}

/** Creates a node and all above it. */
export function mkdirp(client: ZooKeeper, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    client.mkdirp(path, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}

/** Removes a node and all below it. What is gone by then, as ephemeral nodes may be, is as good. */
export async function remove(client: ZooKeeper, path: string): Promise<void> {
  try {
    const names = await client.get_children(path, false);
    for (const name of names) await remove(client, `${path}/${name}`);
    await client.delete_(path, -1);
  } catch (error) {
    if (!hasCode(error, constants.ZNONODE)) throw error;
  }
}

/** Creates a plain node, unless it is there. */
export async function ensure(
  client: ZooKeeper,
  path: string,
  data: string | Buffer,
): Promise<void> {
  try {
    await client.create(path, data, constants.ZOO_PERSISTENT);
  } catch (error) {
    if (!hasCode(error, constants.ZNODEEXISTS)) throw error;
  }
}

/** Whether an error of the promise class has this code. */
export function hasCode(error: unknown, code: number): boolean {
  return error instanceof Error && error.message.startsWith(`${code} `);
}

/**
 * Sees work to its end that nobody waits for. What fails because the client was closed is of no interest; any other failure is
 * the program's end.
 */
export function inBackground(client: ZooKeeper, work: Promise<unknown>): void {
  work.catch((error: unknown) => {
    if (client.state === constants.ZOO_CONNECTED_STATE) throw error;
  });
}
