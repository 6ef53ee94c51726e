/*
 * A program that uses every member, written for the original's declarations. types.test.ts compiles it against
 * those and against ours, with nothing changed but the name of the module. It is not run.
 */
import ZooKeeper from 'libzookeeper/compat';

const config = {
  connect: '127.0.0.1:2181',
  timeout: 5000,
  debug_level: ZooKeeper.constants.ZOO_LOG_LEVEL_WARN,
  host_order_deterministic: false,
  data_as_buffer: true,
  mine: true,
};
const client = new ZooKeeper(config);
const plain = new ZooKeeper.ZooKeeper('127.0.0.1:2181');
const other: ZooKeeper = new ZooKeeper.Promise({ connect: '127.0.0.1:2181', unknown: 1 });
const again = new ZooKeeper.ZK(config);

client.setLogger(true);
client.setLogger(console.log);
client.log('text', 1, {});
const opened: typeof plain = client.init({});
client.init(config);
client.init('127.0.0.1:2181');
client.connect(config, (error, connected) => {
  if (error !== null) throw error;
  connected.close();
});
client.close();
client.setEncoding('utf8');
client.data_as_buffer = false;
const asBuffer: boolean = client.data_as_buffer;
const encoding: string | null = client.encoding;
const numbers: number[] = [client.state, client.timeout, client.is_unrecoverable];
const password: string = client.client_password;
const id = `${client.client_id}`;
client.on('connect', () => {});
client.once('close', (zk: ZooKeeper, code: number) => zk.log(code));
client.emit('connect', client);

let flags = ZooKeeper.constants.ZOO_EPHEMERAL;
flags |= ZooKeeper.ZOO_SEQUENCE;
let code = ZooKeeper.ZNONODE;
code = ZooKeeper.constants.ZOK;
const acl = [ZooKeeper.constants.ZOO_OPEN_ACL_UNSAFE, ZooKeeper.ZOO_READ_ACL_UNSAFE];
const name: string = ZooKeeper.constants.on_connected + ZooKeeper.ZOO_CONFIG_NODE;

const codes: number[] = [
  client.a_create('/a', 'data', flags, (rc, error, path) => path.slice(rc, `${error}`.length)),
  client.a_create('/a', Buffer.alloc(1), 0, (rc: number, error: number, path: string) => [
    rc,
    error,
    path,
  ]),
  client.a_create('/a', Buffer.alloc(1), 0, (rc: number, error: unknown, path: string) => [
    rc,
    error,
    path,
  ]),
  client.a_createTtl('/a', 'data', 5, 1000, (rc) => rc),
  client.a_exists('/a', false, (_rc, _error, stat) => stat.version),
  client.aw_exists(
    '/a',
    (type, state, path) => [type, state, path],
    () => {},
  ),
  client.a_get('/a', true, (_rc, _error, stat, data) => `${stat.czxid} ${data.toString()}`),
  client.aw_get(
    '/a',
    () => {},
    (_rc, _error, _stat, data: string | Buffer) => data.length,
  ),
  client.a_get_children('/a', false, (_rc, _error, children) => children.join()),
  client.aw_get_children(
    '/a',
    () => {},
    (_rc, _error, children: string[]) => children.join(),
  ),
  client.a_get_children2('/a', false, (_rc, _error, children, stat) => children[stat.cversion]),
  client.aw_get_children2(
    '/a',
    () => {},
    (_rc, _error, children, stat) => children[stat.cversion],
  ),
  client.a_set('/a', 'data', 0, (_rc, _error, stat) => stat.mzxid),
  client.a_delete_('/a', 0, (rc, error) => `${rc} ${error}`),
  client.a_get_acl('/a', (_rc, _error, list, stat) => [list, stat.aversion]),
  client.a_set_acl('/a', 0, acl, (rc) => rc),
  client.a_set_acl('/a', 0, [{ perm: 31, scheme: 'world', auth: 'anyone' }], (rc) => rc),
  client.add_auth('digest', 'user:password', (rc) => rc),
  client.a_sync('/a', () => {}),
  client.a_getconfig(false, (_rc, _error, _stat, data) => data),
  client.aw_getconfig(
    () => {},
    (_rc, _error, _stat, data) => data,
  ),
  client.a_reconfig(null, null, 'a', -1, (_rc, _error, _stat, data) => data),
  client.set_servers('127.0.0.1:2181'),
];
client.mkdirp('/a/b', (error, isDone?: boolean) => [error, isDone]);

async function promises() {
  const path: string = await client.create('/a', 'data', flags);
  await client.create('/a', Buffer.alloc(1), 5, 1000);
  const stat = await client.exists('/a', false);
  const times: number = stat.ctime - stat.mtime;
  const owner: string = stat.ephemeralOwner;
  await client.w_exists('/a', () => {});
  const isThere: boolean = await client.pathExists('/a', false);
  const isThereToo: boolean = await client.w_pathExists('/a', () => {});
  const [nodeStat, data] = await client.get('/a', false);
  await client.w_get('/a', (type: number, state: number, watched: string) => [
    type,
    state,
    watched,
  ]);
  const children: string[] = await client.get_children('/a', false);
  await client.w_get_children('/a', () => {});
  const [names, parent] = await client.get_children2('/a', false);
  await client.w_get_children2('/a', () => {});
  const version: number = (await client.set('/a', 'data', nodeStat.version)).version;
  await client.delete_('/a', parent.version);
  await client.get_acl('/a');
  await client.set_acl('/a', 0, acl);
  await client.sync('/a');
  await client.getconfig(false);
  await client.w_getconfig(() => {});
  await client.reconfig(null, null, 'a', -1);
  const deprecated = client.on_connected();
  await deprecated.addCallback((value: unknown) => value);
  return [path, times, owner, isThere, isThereToo, data, children, names, version];
}

class Mine extends ZooKeeper {
  twice(path: string) {
    return Promise.all([this.get(path, false), this.get(path, false)]);
  }
}

export {
  again,
  asBuffer,
  code,
  codes,
  encoding,
  id,
  Mine,
  name,
  numbers,
  opened,
  other,
  password,
  plain,
  promises,
};
