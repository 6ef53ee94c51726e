/** Calls of an ensemble's configuration, and other servers: against an ensemble. */

/** A call whose results differ from one to the next: its code, its text, and what there is besides. */
const call = (t, client, name, ...args) =>
  new Promise((resolve) => {
    const rc = client[name](...args, (code, text, stat, data) => {
      t.record(name, code, text, typeof stat, String(data).replace(/[0-9a-f]+$/, ''));
      resolve(String(data));
    });
    t.record(name, rc);
    if (rc < 0) resolve('');
  });

const asSuperUser = async (t) => {
  const client = await t.open();
  await t.call(client, 'add_auth', 'digest', 'super:secret');
  return client;
};

export const scenarios = {
  async 'a_reconfig of one who may not'(t) {
    const client = await t.open();
    await t.call(client, 'a_reconfig', null, '3', null, -1);
  },

  async 'a_reconfig from another version, to nobody, and to those who are not there'(t) {
    const client = await asSuperUser(t);
    await t.call(client, 'a_reconfig', null, '3', null, 1);
    const members = 'server.8=127.0.0.1:1:2:participant;127.0.0.1:3';
    await t.call(client, 'a_reconfig', null, null, members, -1);
  },

  async 'a_reconfig, and a watch of the configuration'(t) {
    const client = await asSuperUser(t);
    let fire;
    const fired = new Promise((resolve) => {
      fire = resolve;
    });
    const config = await call(t, client, 'aw_getconfig', (type, state, path) => {
      // The original tells watchers of the connection, too.
      if (type > 0) fire([type, state, path]);
    });
    const [first] = config.split('\n');
    await call(t, client, 'a_reconfig', first, null, null, -1);
    t.record('watched', await fired);
  },

  async 'a_getconfig below a chroot'(t) {
    const client = t.client({}, { servers: `${t.address}${t.root}` });
    const connected = t.event(client, 'connect');
    client.init({});
    await connected;
    await call(t, client, 'a_getconfig', false);
    await call(t, client, 'a_get', '/zookeeper/config', false);
  },

  async 'set_servers of the servers that it has, and with a chroot'(t) {
    const client = await t.open();
    t.record(client.set_servers(t.address));
    await t.call(client, 'a_exists', '/missing', false);
    // From here on the original never connects, and ours goes on.
    t.record(client.set_servers(`${t.address}/chroot`));
  },
};
