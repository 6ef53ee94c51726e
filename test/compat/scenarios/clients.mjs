/** What is around the requests: configuration, connect, mkdirp, the logger, the constants. */

export const scenarios = {
  async 'constructors take a configuration, servers, or nothing'(t) {
    for (const config of [undefined, null, 5, {}, { connect: t.address, extra: 1 }, t.address]) {
      const client = new t.ZooKeeper(config);
      t.record(typeof client.config, client.config?.connect === t.address, client.config?.extra);
    }
  },

  async 'what the constructor was given goes before what init is given'(t) {
    const cases = [
      [{ timeout: 7000 }, { connect: t.address }],
      [{ timeout: 7000 }, t.address],
      [t.address, { timeout: 6000 }],
      [
        { connect: t.address, timeout: 6000 },
        { connect: '127.0.0.1:1', timeout: 7000 },
      ],
      [{ connect: t.address, timeout: undefined }, { timeout: 7000 }],
      [undefined, { connect: t.address, timeout: 8000 }],
      [null, t.address],
      [5, { connect: t.address }],
    ];
    for (const [ofConstructor, ofInit] of cases) {
      const client = t.client(null);
      client.config = new t.ZooKeeper(ofConstructor).config;
      const connected = t.event(client, 'connect');
      t.record(client.init(ofInit) === client, client.timeout);
      await connected;
      t.record(client.timeout, client.config?.timeout);
      client.close();
    }
  },

  async timeouts(t) {
    for (const timeout of ['6000', 0, Number.NaN, undefined, null, 'x', 2 ** 40, 100, 5000.7]) {
      const client = t.client({ timeout }, { events: false });
      const connected = t.event(client, 'connect');
      client.init({});
      const before = client.timeout;
      await connected;
      t.record(timeout, before, client.timeout);
      client.close();
    }
  },

  async data_as_buffer(t) {
    for (const value of [false, true, 0, 1, undefined, null, 'x']) {
      const client = t.client({ data_as_buffer: value }, { events: false });
      t.record(value, client.encoding, client.data_as_buffer);
      client.init({});
      t.record(client.encoding, client.data_as_buffer);
      client.close();
    }
    const client = t.client();
    for (const value of [false, true, 0, 1, undefined, null, 'x']) {
      client.data_as_buffer = value;
      t.record(value, client.encoding, client.data_as_buffer);
    }
    client.setEncoding('hex');
    client.init({});
    t.record(client.encoding);
    client.close();
  },

  async 'connect, with and without a configuration'(t) {
    const configured = t.client();
    await new Promise((resolve) => {
      const returned = configured.connect((...values) => {
        t.record(...values, configured.eventNames());
        resolve();
      });
      t.record(returned, configured.eventNames(), configured.state);
    });
    t.record(Object.getOwnPropertyNames(configured).filter((name) => !name.startsWith('_')));
    const bare = t.client(null);
    await new Promise((resolve) => {
      bare.connect({ connect: t.address, timeout: 5000 }, (...values) => {
        t.record(...values);
        resolve();
      });
    });
  },

  async 'connect, and an error'(t) {
    const client = t.client({}, { events: false });
    client.connect((...values) => t.record('connect', ...values));
    client.emit('error', new Error('mine'));
    t.record(client.eventNames());
    await t.event(client, 'connect');
  },

  async 'mkdirp makes what is missing'(t) {
    const client = await t.open();
    const mkdirp = (path) =>
      new Promise((resolve) => {
        t.record(
          path,
          'returned',
          client.mkdirp(path, (...values) => {
            t.record('mkdirp', path, ...values);
            resolve();
          }),
        );
      });
    for (const path of ['/x/y/z', '/x/y/z', '', '/x//q', '/x/../p/./r'])
      await mkdirp(`${t.root}${path}`);
    await mkdirp('/');
    for (const path of ['', '/x', '/p'])
      await t.call(client, 'a_get_children', `${t.root}${path}`, false);
    for (const path of ['/x', '/x/y', '/x/y/z']) {
      await t.call(client, 'a_get', `${t.root}${path}`, false);
      await t.call(client, 'a_get_acl', `${t.root}${path}`);
    }
    let isDone = false;
    client.mkdirp('', (...values) => {
      isDone = true;
      t.record('of nothing', ...values);
    });
    t.record(isDone);
  },

  async 'mkdirp that fails'(t) {
    const client = await t.open();
    const mkdirp = (path) =>
      new Promise((resolve) => client.mkdirp(path, (...values) => resolve(values)));
    await t.call(client, 'a_create', `${t.root}/e`, '', 1);
    t.record(await mkdirp(`${t.root}/e/a/b`));
    await t.call(client, 'a_set_acl', t.root, -1, [t.ZooKeeper.constants.ZOO_READ_ACL_UNSAFE]);
    t.record(await mkdirp(`${t.root}/a/b`));
    for (const path of [undefined, 5, null, {}])
      t.attempt('mkdirp', () => client.mkdirp(path, () => {}));
  },

  async 'mkdirp while the client is closed'(t) {
    const client = await t.open();
    const outcome = new Promise((resolve) => {
      client.mkdirp(`${t.root}/a/b/c/d`, (...values) => resolve(values));
    });
    await t.pause(0);
    client.close();
    const [error] = await outcome;
    t.record(error?.message);
  },

  async 'setLogger, with what is a logger, and what is none'(t) {
    const client = t.client();
    const { write } = process.stdout;
    process.stdout.write = (text) => t.record('stdout', text);
    for (const logger of [true, t.noting('mine'), false, undefined, null, {}, 5, console]) {
      t.attempt('setLogger', () => client.setLogger(logger));
      t.record(typeof client.logger, Object.hasOwn(client, 'logger'));
      t.attempt('log', () => client.log('hello', 1, { a: 1 }));
      t.attempt('log', () => client.log());
    }
    process.stdout.write = write;
  },

  async 'the log tells of calls and of events'(t) {
    const client = t.client();
    client.setLogger(t.noting('LOG'));
    const connected = t.event(client, 'connect');
    client.connect(() => {});
    await connected;
    const f = () => {};
    const { root } = t;
    client.a_create(root, 'x', 0, f);
    client.a_create(`${root}/l`, Buffer.alloc(100), 0, function named() {});
    client.a_createTtl(`${root}/t`, 'x', 5, 1000, f);
    client.a_exists(root, false, f);
    client.aw_exists(root, f, f);
    client.a_get(root, true, f);
    client.aw_get(root, f, f);
    client.a_get_children(root, 0, f);
    client.aw_get_children(root, f, f);
    client.a_get_children2(root, undefined, f);
    client.aw_get_children2(root, f, f);
    client.a_set(root, 'y'.repeat(300), -1, f);
    client.a_delete_(`${root}/l`, 0, f);
    client.a_get_acl(root, f);
    client.a_set_acl(root, 0, [{ perms: 31, scheme: 'world', auth: 'anyone' }], f);
    client.add_auth('digest', 'a:b', f);
    client.a_sync(root, f);
    client.a_getconfig(false, f);
    client.aw_getconfig(f, f);
    client.a_reconfig(null, null, null, -1, f);
    await new Promise((resolve) => client.mkdirp(`${root}/m/n`, resolve));
    for (const method of [
      'exists',
      'pathExists',
      'get',
      'get_children',
      'get_children2',
      'sync',
      'get_acl',
    ]) {
      await client[method](root);
    }
    for (const method of [
      'w_exists',
      'w_pathExists',
      'w_get',
      'w_get_children',
      'w_get_children2',
    ]) {
      await client[method](root, f);
    }
    await client.create(`${root}/a`, 'x', 0);
    await client.create(`${root}/b`, 'x', 5, 1000);
    await client.set(root, 'z', -1);
    await client.delete_(`${root}/a`, 0);
    await client.getconfig(false);
    client.close();
  },

  async 'constants are the class its own, and read-only there'(t) {
    const { ZooKeeper } = t;
    t.attempt('assignment', () => {
      try {
        ZooKeeper.ZOK = 5;
        return 'was set';
      } catch (error) {
        return error.name;
      }
    });
    t.record(ZooKeeper.ZOK, Object.keys(ZooKeeper), Object.keys(ZooKeeper.ZooKeeper));
    t.record(ZooKeeper.ZOO_OPEN_ACL_UNSAFE === ZooKeeper.constants.ZOO_OPEN_ACL_UNSAFE);
    const { constants } = ZooKeeper;
    t.record(ZooKeeper.constants === constants);
    t.record('ZOK' in new ZooKeeper());
  },

  async 'what its native property emits, the client emits'(t) {
    const client = t.client();
    const { native } = client;
    for (const name of ['connect', 'close', 'connecting', 'changed'])
      native.emit(name, native, 'x');
    client.on('other', t.noting('other'));
    native.emit('other', 1, 2);
  },

  async 'two clients do not see each other'(t) {
    const one = await t.open();
    const two = await t.open();
    await t.call(one, 'a_get', t.root, true);
    const changed = t.event(one, 'changed');
    two.a_set(t.root, 'x', -1, () => {});
    await changed;
    await t.roundTrip(two);
    one.close();
    await t.call(two, 'a_get', t.root, false);
  },
};
