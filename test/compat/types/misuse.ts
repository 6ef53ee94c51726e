/* What the declarations refuse. */
import ZooKeeper, { type stat } from 'libzookeeper/compat';

const client = new ZooKeeper();
// @ts-expect-error: no callback
client.a_get('/a', false);
// @ts-expect-error: the path is no string
client.a_get(5, false, () => {});
// @ts-expect-error: a path, not a list of children
client.a_create('/a', '', 0, (_rc, _error, path) => path.join());
// @ts-expect-error: read-only
ZooKeeper.ZOK = 5;
// @ts-expect-error: a promise for a stat
const version: string = (await client.exists('/a')).version;
declare const node: stat;
// @ts-expect-error: read-only
node.version = 5;
// @ts-expect-error: the class with callbacks has no promises
new ZooKeeper.ZooKeeper().get('/a');

export { version };
