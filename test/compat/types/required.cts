/* The CommonJS way of usage.ts. */
import ZooKeeper = require('libzookeeper/compat');

const client = new ZooKeeper({ connect: '127.0.0.1:2181' });
const code: number = client.a_get('/', false, () => {});
const read = client.get('/').then(([stat, data]) => stat.version + data.length);

export = { code, read };
