/** The promise class. */

export const scenarios = {
  async 'every method, with a result'(t) {
    const client = await t.open();
    const watcher = () => {};
    const { root } = t;
    for (const [method, ...values] of [
      ['create', `${root}/a`, 'x', 0],
      ['create', `${root}/b`, 'x'],
      ['create', `${root}/c`],
      ['create', `${root}/s-`, '', 2],
      ['create', `${root}/t`, 'x', 5, 1000],
      ['create', `${root}/n`, 'x', 0, null],
      ['exists', root, false],
      ['exists', root],
      ['pathExists', root],
      ['pathExists', `${root}/missing`, true],
      ['w_exists', root, watcher],
      ['w_pathExists', root, watcher],
      ['w_pathExists', `${root}/missing`, watcher],
      ['get', root],
      ['w_get', root, watcher],
      ['get_children', root],
      ['w_get_children', root, watcher],
      ['get_children2', root],
      ['w_get_children2', root, watcher],
      ['set', root, 'new', 0],
      ['get_acl', root],
      ['set_acl', root, -1, [t.ZooKeeper.constants.ZOO_OPEN_ACL_UNSAFE]],
      ['sync', root],
      ['getconfig', false],
      ['w_getconfig', watcher],
      ['delete_', `${root}/a`, 0],
      ['delete_', `${root}/b`],
    ]) {
      await t.settled(client, method, ...values);
    }
  },

  async 'every method, without one'(t) {
    const client = await t.open();
    const watcher = () => {};
    const missing = `${t.root}/missing`;
    for (const [method, ...values] of [
      ['create', t.root, '', 0],
      ['create', `${missing}/a`],
      ['exists', missing],
      ['w_exists', missing, watcher],
      ['get', missing],
      ['w_get', missing, watcher],
      ['get_children', missing],
      ['w_get_children', missing, watcher],
      ['get_children2', missing],
      ['w_get_children2', missing, watcher],
      ['set', missing, '', 0],
      ['set', t.root, '', 7],
      ['set_acl', missing, -1, [t.ZooKeeper.constants.ZOO_OPEN_ACL_UNSAFE]],
      ['set_acl', t.root, -1, []],
      ['reconfig', null, null, null, -1],
      ['delete_', missing, 0],
    ]) {
      await t.settled(client, method, ...values);
    }
  },

  async 'arguments that are refused at the call'(t) {
    const client = await t.open();
    for (const [method, ...values] of [
      ['create', 'x', '', 0],
      ['create', `${t.root}/t`, 'x', 5],
      ['create', `${t.root}/t`, 'x', 0, 1000],
      ['exists', 'x', false],
      ['pathExists', 'x'],
      ['w_pathExists', 'x', () => {}],
      ['get', 'x'],
      ['get', undefined],
      ['get_children', 'x', true],
      ['get_children2', 'x'],
      ['set', 'x', 'data', 1],
      ['delete_', 'x', 1],
      ['get_acl', 'x'],
      ['set_acl', 'x', 0, [{ perms: 1, scheme: 'world', auth: 'anyone' }]],
      ['sync', 'x'],
    ]) {
      await t.settled(client, method, ...values);
    }
  },

  async 'a closed client'(t) {
    const client = await t.open();
    client.close();
    for (const [method, ...values] of [
      ['create', '/a', '', 0],
      ['exists', '/a'],
      ['pathExists', '/a'],
      ['w_pathExists', '/a', () => {}],
      ['get', '/a'],
      ['get_children', '/a'],
      ['get_children2', '/a'],
      ['set', '/a', 'data', 1],
      ['delete_', '/a', 1],
      ['get_acl', '/a'],
      ['sync', '/a'],
      ['getconfig', false],
      ['reconfig', null, null, null, -1],
    ]) {
      await t.settled(client, method, ...values);
    }
  },

  async 'exists of a missing node rejects, and sets its watch'(t) {
    const client = await t.open();
    const watcher = t.noting('watcher');
    await t.settled(client, 'w_exists', `${t.root}/a`, watcher);
    await t.settled(client, 'exists', `${t.root}/a`, true);
    await t.settled(client, 'create', `${t.root}/a`, '', 0);
    await watcher.called;
    await t.roundTrip(client);
  },

  async 'watchers of the promise class'(t) {
    const client = await t.open();
    for (const method of [
      'w_get',
      'w_exists',
      'w_get_children',
      'w_get_children2',
      'w_pathExists',
    ]) {
      await t.settled(client, method, t.root, t.noting(method));
    }
    await t.settled(client, 'set', t.root, 'x', 0);
    await t.settled(client, 'create', `${t.root}/a`, '', 0);
    await t.roundTrip(client);
  },

  async 'add_auth is as in the callback class'(t) {
    const client = await t.open();
    const callback = t.noting('add_auth');
    t.record(client.add_auth('digest', 'u:p', callback));
    await callback.called;
  },

  async 'an acl that is no list rejects with a TypeError'(t) {
    const client = await t.open();
    for (const acl of [t.ZooKeeper.constants.ZOO_OPEN_ACL_UNSAFE, null, undefined, [null]]) {
      const promise = client.set_acl(t.root, -1, acl);
      t.record(await promise.catch((error) => error.name));
    }
  },

  async 'rejections when the session is closed'(t) {
    const client = await t.open();
    const { root } = t;
    const settled = Promise.all([
      t.settled(client, 'get', root),
      t.settled(client, 'create', `${root}/x`, '', 0),
      t.settled(client, 'exists', root),
      t.settled(client, 'set', root, 'x', 0),
      t.settled(client, 'delete_', root, 0),
      t.settled(client, 'sync', root),
    ]);
    client.close();
    await settled;
  },

  async promisify(t) {
    const client = await t.open();
    await t.settled(client, 'promisify', client.a_get, [t.root, false]);
    await t.settled(client, 'promisify', client.a_sync, [t.root]);
    await t.settled(client, 'promisify', client.a_sync, ['x']);
    await t.settled(client, 'promisify', (value, callback) => callback(0, 'ok', value, 2), [1]);
    await t.settled(
      client,
      'promisify',
      function named(callback) {
        callback(-5, 'failed');
        return 0;
      },
      [],
    );
  },

  async on_connected(t) {
    const client = t.client();
    const promise = client.on_connected();
    t.record(promise.constructor.name, client.listenerCount('connect'));
    client.init({});
    t.record((await promise) === client, client.listenerCount('connect'));
  },

  async 'the deprecated methods of its promises'(t) {
    const { constructor: ZkPromise } = t.client().on_connected();
    t.record(ZkPromise.name, Object.getOwnPropertyNames(ZkPromise.prototype));
    for (const name of Object.getOwnPropertyNames(ZkPromise.prototype)) {
      t.record(name, ZkPromise.prototype[name].length);
    }
    const warn = console.warn;
    console.warn = (...values) => t.record('warned', ...values);
    const fulfilled = (value) => new ZkPromise((resolve) => resolve(value));
    const rejected = (value) => new ZkPromise((_, reject) => reject(value));
    const plus = (summand) => (value) => value + summand;
    t.record(await fulfilled({ a: 1 }).get('a'));
    const object = {};
    t.record(await fulfilled(object).put('b', 2), object);
    const adder = {
      base: 1,
      add(x, y) {
        return this.base + x + y;
      },
    };
    t.record(await fulfilled(adder).call('add', 2, 3));
    t.record(await fulfilled(5).addCallback(plus(1)));
    t.record(await rejected(5).addErrback(plus(2)));
    t.record(await fulfilled(5).addErrback(plus(2)));
    t.record(await fulfilled(5).addBoth(plus(3)), await rejected(5).addBoth(plus(4)));
    t.record(await fulfilled(5).addCallbacks(plus(10), plus(20)));
    t.record(await rejected(5).addCallbacks(plus(10), plus(20)));
    t.record(fulfilled(1).then(() => {}).constructor.name, fulfilled({}).get('x').constructor.name);
    t.record(
      (
        await fulfilled({})
          .call('nope')
          .catch((error) => error)
      ).name,
    );
    console.warn = warn;
  },

  async 'subclasses, and the class with callbacks only'(t) {
    class Mine extends t.ZooKeeper {
      twice(path) {
        return this.get(path);
      }
    }
    const client = new Mine({ connect: t.address, timeout: 5000 });
    const connected = t.event(client, 'connect');
    client.init({});
    await connected;
    t.record(
      client instanceof t.ZooKeeper,
      client instanceof t.ZooKeeper.ZooKeeper,
      client.constructor.name,
    );
    t.record((await client.twice('/zookeeper')).length);
    client.close();
    const { ZooKeeper } = t.ZooKeeper;
    const plain = new ZooKeeper({ connect: t.address, timeout: 5000 });
    t.record(plain.constructor.name, typeof plain.get, typeof plain.a_get);
    const opened = t.event(plain, 'connect');
    plain.init({});
    await opened;
    await t.call(plain, 'a_sync', '/');
    plain.close();
    t.attempt('without new', () => t.ZooKeeper({}));
    t.attempt('without new', () => ZooKeeper({}));
  },
};
