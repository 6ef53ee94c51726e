/**
 * npm's `zookeeper`, over this package: `import ZooKeeper from 'libzookeeper/compat'`, or `require('libzookeeper/compat')`.
 * docs/migrating.md says what differs, and how to go on from here.
 *
 * @packageDocumentation
 */
import { ZooKeeperPromise } from './zookeeper-promise.js';

export type * from './types.js';
export default ZooKeeperPromise;
// What require() gives.
export { ZooKeeperPromise as 'module.exports' };
