/** Sessions: events, getters, losing the connection and the session. */

/** The getters of a client. */
function noteGetters(t, client) {
  t.record(
    client.state,
    client.timeout,
    client.client_id,
    client.client_password,
    client.is_unrecoverable,
  );
}

/** A client behind a network, connected; its events are noted from here on. */
async function behindProxy(t, config = {}) {
  const proxy = await t.proxy();
  const client = await t.open(config, { servers: proxy.address });
  return { proxy, client };
}

export const scenarios = {
  async 'idle getters'(t) {
    const client = t.client();
    noteGetters(t, client);
    t.record(client.config.timeout, client.encoding, client.data_as_buffer, client.logger);
    t.record(Object.getOwnPropertyNames(client).filter((name) => !name.startsWith('_')));
    for (const name of ['state', 'timeout', 'client_id', 'client_password', 'is_unrecoverable']) {
      try {
        client[name] = 1;
        t.record(name, 'was set');
      } catch (error) {
        t.record(name, error.name);
      }
    }
    noteGetters(t, client);
  },

  async 'getters from init to close'(t) {
    const client = t.client();
    t.record(client.init({}) === client);
    noteGetters(t, client);
    await t.event(client, 'connect');
    noteGetters(t, client);
    t.record(/^[\da-f]+$/.test(client.client_id), /^[\dA-F]{32}$/.test(client.client_password));
    t.record(client.close() === client.native);
    noteGetters(t, client);
  },

  async 'an idle client refuses every request'(t) {
    const client = t.client();
    await refusals(t, client);
    t.record(client.close() === client.native);
  },

  async 'a closed client refuses every request'(t) {
    const client = await t.open();
    client.close();
    await refusals(t, client);
    t.record(client.close() === client.native);
  },

  async 'close calls what waits, then emits close'(t) {
    const client = await t.open();
    await t.pause(20);
    client.a_get(t.root, false, t.noting('get'));
    client.a_exists(t.root, false, t.noting('exists'));
    client.a_create(`${t.root}/x`, '', 0, t.noting('create'));
    client.a_set(t.root, '', 0, t.noting('set'));
    client.a_delete_(t.root, 0, t.noting('delete'));
    client.a_get_children(t.root, false, t.noting('children'));
    client.a_get_children2(t.root, false, t.noting('children2'));
    client.a_sync(t.root, t.noting('sync'));
    client.a_set_acl(t.root, -1, [t.ZooKeeper.constants.ZOO_OPEN_ACL_UNSAFE], t.noting('set_acl'));
    client.aw_get(t.root, t.noting('watcher'), t.noting('aw_get'));
    client.a_getconfig(false, t.noting('config'));
    t.record('before');
    client.close();
    t.record('after');
    await t.pause(20);
  },

  async 'close in a callback emits close, then calls what waits'(t) {
    const client = await t.open();
    await new Promise((resolve) => {
      client.a_get(t.root, false, () => {
        client.a_get(t.root, false, t.noting('get'));
        client.close();
        t.record('closed', client.state);
        resolve();
      });
      client.a_exists(t.root, false, t.noting('exists'));
    });
    await t.pause(20);
  },

  async 'close in a listener, and in a watcher'(t) {
    for (const isListener of [true, false]) {
      const client = await t.open();
      const close = () => {
        client.close();
        t.record('closed');
      };
      client.on('changed', close);
      if (isListener) client.a_get(t.root, true, t.noting('get'));
      else client.aw_get(t.root, close, t.noting('get'));
      client.a_set(t.root, 'x', -1, t.noting('set'));
      client.a_get(t.root, false, t.noting('get'));
      await t.event(client, 'close');
      await t.pause(20);
    }
  },

  async 'a second close emits nothing'(t) {
    const client = await t.open();
    client.close();
    client.close();
    await t.pause(20);
  },

  async 'events have three arguments; the client is the first of connect and close'(t) {
    const client = t.client({}, { events: false });
    for (const name of ['connect', 'close', 'changed']) {
      client.on(name, function listener(...values) {
        t.record(name, values.length, values, this === client);
      });
    }
    const connected = t.event(client, 'connect');
    client.init({});
    await connected;
    await t.call(client, 'a_create', t.root, '', 0);
    await t.call(client, 'a_get', t.root, true);
    await t.call(client, 'a_set', t.root, '', -1);
    client.close();
  },

  async 'a lost connection: connecting, connect, the same session'(t) {
    const { proxy, client } = await behindProxy(t);
    const id = client.client_id;
    const connected = t.event(client, 'connect');
    proxy.cut();
    await connected;
    t.record(client.client_id === id);
    noteGetters(t, client);
    await t.call(client, 'a_get', t.root, false);
  },

  async 'a lost connection fails what is in flight'(t) {
    const { proxy, client } = await behindProxy(t);
    proxy.lose();
    client.a_get(t.root, false, t.noting('get'));
    client.a_exists(t.root, false, t.noting('exists'));
    client.a_create(`${t.root}/x`, '', 0, t.noting('create'));
    client.a_delete_(`${t.root}/x`, 0, t.noting('delete'));
    client.aw_get(t.root, t.noting('watcher'), t.noting('aw_get'));
    client.a_sync(t.root, t.noting('sync'));
    client.a_get_children(t.root, false, t.noting('children'));
    await t.pause(50);
    const connected = t.event(client, 'connect');
    proxy.cut();
    await connected;
  },

  async 'add_auth that waits, when the session is closed'(t) {
    const client = await t.open();
    const callback = t.noting('auth');
    await t.pause(20);
    client.add_auth('digest', 'a:b', callback);
    client.close();
    await callback.called;
    await t.pause(20);
  },

  async 'with session_events_to_watchers, functions hear of the connection as well'(t) {
    const { proxy, client } = await behindProxy(t, { session_events_to_watchers: true });
    const watcher = t.noting('watcher');
    await t.call(client, 'aw_get', t.root, watcher);
    const connected = t.event(client, 'connect');
    proxy.cut();
    await connected;
    await t.call(client, 'a_set', t.root, 'x', -1);
    await t.roundTrip(client);
  },

  async 'the client emits for what it watches after a reconnection'(t) {
    const { proxy, client } = await behindProxy(t);
    await t.call(client, 'a_get', t.root, true);
    const connected = t.event(client, 'connect');
    proxy.cut();
    await connected;
    await t.call(client, 'a_set', t.root, 'x', -1);
    await t.roundTrip(client);
  },

  async 'requests of a client without a server fail with the attempt to connect'(t) {
    const client = t.client({}, { servers: '127.0.0.1:1' });
    client.init({});
    await t.call(client, 'a_get', '/', false);
    await t.call(client, 'a_create', '/a', '', 0);
    client.close();
  },

  async 'an expiry: close, with its state; then requests are refused'(t) {
    const { proxy, client } = await behindProxy(t, { timeout: 500 });
    const id = client.client_id;
    const closed = t.event(client, 'close');
    proxy.refuse();
    proxy.cut();
    await t.pause(1500);
    proxy.refuse(false);
    await closed;
    t.record(client.state, client.timeout, client.is_unrecoverable, client.client_id === id);
    await t.call(client, 'a_get', t.root, false);
    t.record(client.close() === client.native);
  },

  async 'a credential that is refused: its callback, then close'(t) {
    const client = await t.open();
    await t.call(client, 'aw_get', t.root, t.noting('watcher'));
    const closed = t.event(client, 'close');
    client.add_auth('nope', 'x', (...values) => {
      t.record('add_auth', ...values, client.state, client.is_unrecoverable);
    });
    await closed;
    await t.pause(20);
    noteGetters(t, client);
    await t.call(client, 'a_get', t.root, false);
  },

  async 'resuming a session'(t) {
    const { client } = await behindProxy(t);
    await t.call(client, 'a_create', `${t.root}/e`, '', 1);
    const { client_id, client_password } = client;
    client.removeAllListeners();
    const resumed = t.client({ client_id, client_password }, { events: false });
    resumed.init({});
    t.record(resumed.client_id === client_id, resumed.client_password === client_password);
    await t.event(resumed, 'connect');
    t.record(resumed.client_id === client_id);
    resumed.close();
  },

  async 'resuming a session that there is not'(t) {
    const client_password = '00112233445566778899AABBCCDDEEFF';
    for (const client_id of ['1234', 1234, '0x1234']) {
      const client = t.client({ client_id, client_password });
      const closed = t.event(client, 'close');
      client.init({});
      t.record(client.client_id, client.client_password);
      await closed;
    }
  },

  async 'identities that make no sense'(t) {
    const password = '00112233445566778899AABBCCDDEEFF';
    for (const [client_id, client_password] of [
      ['1', 'x'],
      ['1', undefined],
      [undefined, password],
      [null, null],
      [0, '0'],
    ]) {
      const client = t.client({ client_id, client_password });
      t.attempt('init', () => client.init({}));
      t.attempt('connect', () => client.connect(() => {}));
      t.record(client.eventNames().includes('error'), client.state);
    }
  },
};

/** Tries every request on a client without a session. */
async function refusals(t, client) {
  const acl = [{ perms: 31, scheme: 'world', auth: 'anyone' }];
  const watcher = () => t.record('watcher');
  for (const [method, ...values] of [
    ['a_create', '/a', '', 0],
    ['a_createTtl', '/a', '', 5, 1000],
    ['a_exists', '/a', false],
    ['aw_exists', '/a', watcher],
    ['a_get', '/a', false],
    ['aw_get', '/a', watcher],
    ['a_get_children', '/a', false],
    ['aw_get_children', '/a', watcher],
    ['a_get_children2', '/a', false],
    ['aw_get_children2', '/a', watcher],
    ['a_set', '/a', '', 0],
    ['a_delete_', '/a', 0],
    ['a_get_acl', '/a'],
    ['a_set_acl', '/a', 0, acl],
    ['add_auth', 'digest', 'a:b'],
    ['a_sync', '/a'],
    ['a_getconfig', false],
    ['aw_getconfig', watcher],
    ['a_reconfig', null, null, null, -1],
    // Bad arguments, too.
    ['a_get', 'a', false],
    ['a_set_acl', '/a', 0, []],
  ]) {
    await t.call(client, method, ...values);
  }
  t.record(client.set_servers('127.0.0.1:1'));
}
