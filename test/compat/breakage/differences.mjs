/** What differs, though nothing breaks: each play says what it comes to. All at once, in one process. */
import { Network } from '../support/network.mjs';

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** What a promise comes to, if it does so in time. */
const within = (promise) => Promise.race([promise, pause(1500).then(() => 'nothing within 1.5 s')]);

const called = (call) =>
  within(
    new Promise((resolve) => {
      const returned = call((rc, error) => resolve(`${rc} ${error}`));
      if (returned < 0) resolve(`returned ${returned}`);
    }),
  );

const message = (promise) =>
  promise.then(
    () => 'resolved',
    (error) => error.message,
  );

const mkdirp = (client, path) =>
  within(
    new Promise((resolve) => {
      client.mkdirp(path, (error) => resolve(error?.message ?? 'done'));
    }),
  );

/** What connect comes to with a configuration. */
function connected(ZooKeeper, config) {
  const client = new ZooKeeper({ debug_level: 0, ...config });
  return within(
    new Promise((resolve) => {
      try {
        client.connect((error) => resolve(error?.message ?? 'connected'));
      } catch (error) {
        resolve(`throws: ${error.message}`);
      }
    }),
  );
}

export const plays = {
  async 'A watcher, when the connection is lost and comes back'({ open, server }) {
    const proxy = await Network.start(server);
    const client = await open(proxy.address);
    const path = await client.create('/watched-', '', 3);
    const events = [];
    await client.w_get(path, (type, state) => events.push(`${type} ${state}`));
    const again = new Promise((resolve) => client.once('connect', resolve));
    proxy.cut();
    await again;
    await client.set(path, 'x', -1);
    await client.sync(path);
    return events.join(', ');
  },

  async 'A request that the server does not answer'({ open, server }) {
    const proxy = await Network.start(server);
    const client = await open(proxy.address, { timeout: 500 });
    proxy.hold();
    return message(client.get('/'));
  },

  async '`state` while there is no connection'({ ZooKeeper }) {
    const client = new ZooKeeper({ connect: '127.0.0.1:1', timeout: 500, debug_level: 0 });
    client.init({});
    await called((callback) => client.a_get('/', false, callback));
    return `${client.state}`;
  },

  async 'A request while no host resolves'({ ZooKeeper }) {
    const client = new ZooKeeper({ connect: 'host.invalid:2181', timeout: 500, debug_level: 0 });
    client.init({});
    return called((callback) => client.a_get('/', false, callback));
  },

  async 'A path with a NUL'({ open, server }) {
    const client = await open(server);
    return called((callback) => client.a_get('/zookeeper\0/nothing', false, callback));
  },

  async 'A path that no server can hold (a private-use character, one above U+FFFF, a lone surrogate)'({
    open,
    server,
  }) {
    const client = await open(server);
    const codes = [];
    for (const path of ['/\ue000', '/\u{1f992}', '/\ud800']) {
      codes.push(await called((callback) => client.a_exists(path, false, callback)));
    }
    return codes.join(', ');
  },

  async 'A path without a slash in a client with a chroot'({ open, server }) {
    const outside = await open(server);
    const chroot = await outside.create('/chroot-', '', 2);
    const client = await open(server + chroot);
    const code = await called((callback) => client.a_create('-escaped', '', 1, callback));
    return (await outside.pathExists(`${chroot}-escaped`)) ? 'lies beside the chroot' : code;
  },

  async 'An empty scheme for `add_auth`'({ open, server }) {
    const client = await open(server);
    return called((callback) => client.add_auth('', '', callback));
  },

  async '`mkdirp` with a slash at the end'({ open, server }) {
    return mkdirp(await open(server), '/slash/');
  },

  async '`mkdirp` of a client that is closed'({ open, server }) {
    const client = await open(server);
    client.close();
    return mkdirp(client, '/closed');
  },

  async '`mkdirp` of a relative path'({ open, server }) {
    return mkdirp(await open(server), 'relative/path');
  },

  async '`connect` to servers that make no sense'({ ZooKeeper }) {
    return connected(ZooKeeper, { connect: 'nowhere', timeout: 500 });
  },

  async 'A negative timeout'({ ZooKeeper, server }) {
    return connected(ZooKeeper, { connect: server, timeout: -5 });
  },

  async 'A `client_id` that is no number'({ ZooKeeper, server }) {
    const client_password = '00112233445566778899AABBCCDDEEFF';
    const client = new ZooKeeper({
      connect: server,
      timeout: 500,
      debug_level: 0,
      client_id: 'mine',
      client_password,
    });
    try {
      client.init({});
      return 'taken for 0';
    } catch (error) {
      return `throws: ${error.message}`;
    }
  },

  async 'An encoding that there is not'({ open, server }) {
    const client = await open(server);
    const path = await client.create('/encoding-', 'data', 3);
    const thrown = new Promise((resolve) => {
      process.once('uncaughtException', (error) => resolve(`uncaught, later: ${error.message}`));
    });
    try {
      client.setEncoding('nope');
    } catch (error) {
      return `throws: ${error.message}`;
    }
    return Promise.race([client.get(path).then(() => 'resolved'), thrown]);
  },
};

export default async function play(given) {
  const outcomes = await Promise.all(
    Object.entries(plays).map(async ([name, play]) => [name, await play(given)]),
  );
  return JSON.stringify(Object.fromEntries(outcomes));
}
