/** Writes: kinds of nodes and data, versions. */

export const scenarios = {
  async 'kinds of nodes'(t) {
    const client = await t.open();
    const { constants } = t.ZooKeeper;
    for (const name of Object.keys(constants).filter((key) =>
      /^ZOO_(PERSISTENT|EPHEMERAL|SEQUENCE|CONTAINER)/.test(key),
    )) {
      await t.call(client, 'a_create', `${t.root}/${name}-`, '', constants[name]);
    }
    await t.call(client, 'a_get_children', t.root, false);
  },

  async 'flags that are none'(t) {
    const client = await t.open();
    for (const flags of [7, 8, 100, '1', null, undefined, 1.5, true, Number.NaN, {}]) {
      await t.call(client, 'a_create', `${t.root}/${String(flags)}-`, '', flags);
    }
  },

  async 'a sequential node below a path that ends in a slash'(t) {
    const client = await t.open();
    await t.call(client, 'a_create', `${t.root}/`, '', 2);
    await t.call(client, 'a_create', `${t.root}/missing/`, '', 2);
  },

  async 'a_createTtl, with times that are right and wrong'(t) {
    const client = await t.open();
    const cases = [
      [5, 1],
      [5, 100_000],
      [6, 100_000],
      [5, '100'],
      [5, 1.5],
      [5, 0],
      [5, -1],
      [5, null],
    ];
    cases.push(
      [5, undefined],
      [0, -1],
      [0, 0],
      [0, 5],
      [0, undefined],
      [4, 5],
      [1, 5],
      [5, 2 ** 31],
      [5, 2 ** 40],
    );
    for (const [flags, ttl] of cases) {
      await t.call(client, 'a_createTtl', `${t.root}/${flags}-${ttl}-`, 'x', flags, ttl);
    }
  },

  async 'creating what is there, without a parent, below an ephemeral node'(t) {
    const client = await t.open();
    await t.call(client, 'a_create', t.root, '', 0);
    await t.call(client, 'a_create', `${t.root}/missing/a`, '', 0);
    await t.call(client, 'a_create', `${t.root}/e`, '', 1);
    await t.call(client, 'a_create', `${t.root}/e/a`, '', 0);
  },

  async 'data of every kind'(t) {
    const client = await t.open();
    const bytes = Uint8Array.of(1, 2, 3, 4);
    const kinds = [
      'text',
      'ü',
      'a\0b',
      '\ud800',
      '',
      Buffer.from('b'),
      bytes,
      bytes.subarray(1, 3),
      new Uint16Array([1, 2]),
    ];
    kinds.push(
      new DataView(bytes.buffer, 1),
      bytes.buffer,
      5,
      null,
      undefined,
      true,
      {},
      [1, 2],
      10n,
      Number.NaN,
    );
    for (const data of kinds) {
      const rc = client.a_set(t.root, data, -1, () => {});
      t.record('returned', rc);
      await t.call(client, 'a_get', t.root, false);
    }
    t.attempt('a symbol', () => client.a_set(t.root, Symbol('x'), -1, () => {}));
    t.attempt('what toString throws', () =>
      client.a_create(
        `${t.root}/x`,
        {
          toString() {
            throw new Error('mine');
          },
        },
        0,
        () => {},
      ),
    );
  },

  async 'data is what it was at the call'(t) {
    const client = await t.open();
    const data = Buffer.from('then');
    const replied = t.call(client, 'a_set', t.root, data, -1);
    data.fill(0);
    await replied;
    const [, , , read] = await new Promise((resolve) =>
      client.a_get(t.root, false, (...all) => resolve(all)),
    );
    t.record(read.toString());
  },

  async 'versions of a_set'(t) {
    const client = await t.open();
    for (const version of [
      0,
      0,
      -1,
      7,
      undefined,
      null,
      '2',
      true,
      'x',
      false,
      Number.NaN,
      1.5,
      {},
      [],
    ]) {
      await t.call(client, 'a_set', t.root, 'x', version);
    }
    for (const version of [2 ** 31, -(2 ** 31) - 1, Number.POSITIVE_INFINITY, 2 ** 32 - 1]) {
      await t.call(client, 'a_set', t.root, 'x', version);
    }
  },

  async 'versions of a_delete_, where nothing stands for 0'(t) {
    const client = await t.open();
    for (const version of [undefined, null, 0, -1, 3, '0']) {
      await t.call(client, 'a_create', `${t.root}/d`, '', 0);
      await t.call(client, 'a_delete_', `${t.root}/d`, version);
    }
    await t.call(client, 'a_set', `${t.root}/d`, 'x', 0);
    await t.call(client, 'a_delete_', `${t.root}/d`, undefined);
    await t.call(client, 'a_delete_', `${t.root}/missing`, 0);
    await t.call(client, 'a_delete_', t.root, -1);
  },

  async 'a_set of a missing node'(t) {
    const client = await t.open();
    await t.call(client, 'a_set', `${t.root}/missing`, 'x', -1);
  },

  async 'a_set_acl, in both spellings'(t) {
    const client = await t.open();
    const { ZOO_READ_ACL_UNSAFE, ZOO_OPEN_ACL_UNSAFE, ZOO_CREATOR_ALL_ACL } = t.ZooKeeper.constants;
    for (const acl of [
      [ZOO_OPEN_ACL_UNSAFE],
      [ZOO_READ_ACL_UNSAFE],
      [{ perm: 31, scheme: 'world', auth: 'anyone' }],
      [{ perms: 31, scheme: 'world', auth: 'anyone' }],
      [{ perm: 1, perms: 31, scheme: 'world', auth: 'anyone' }],
      [{ perms: '31', scheme: 'world', auth: 'anyone' }],
      [ZOO_OPEN_ACL_UNSAFE, { perm: 31, scheme: 'ip', auth: '127.0.0.1' }],
      [{ perms: 31, scheme: 'digest', auth: 'u:x' }, ZOO_READ_ACL_UNSAFE],
      [],
      [{}],
      [5],
      [{ perms: 31, scheme: 'world', id: 'anyone' }],
      [{ perms: 31, scheme: 'nope', auth: 'x' }],
      [ZOO_CREATOR_ALL_ACL],
    ]) {
      await t.call(client, 'a_set_acl', t.root, -1, acl);
      await t.call(client, 'a_get_acl', t.root);
    }
  },

  async 'versions of a_set_acl'(t) {
    const client = await t.open();
    const acl = [t.ZooKeeper.constants.ZOO_OPEN_ACL_UNSAFE];
    for (const version of [0, 0, undefined, null, 1, -1, 7]) {
      await t.call(client, 'a_set_acl', t.root, version, acl);
    }
    await t.call(client, 'a_set_acl', `${t.root}/missing`, -1, acl);
  },

  async 'add_auth, and what it allows'(t) {
    const client = await t.open();
    await t.call(client, 'add_auth', 'digest', 'user:password');
    await t.call(client, 'a_set_acl', t.root, -1, [t.ZooKeeper.constants.ZOO_CREATOR_ALL_ACL]);
    await t.call(client, 'a_get_acl', t.root);
    const other = t.client();
    const connected = t.event(other, 'connect');
    other.init({});
    await connected;
    await t.call(other, 'a_get', t.root, false);
    await t.call(other, 'a_set', t.root, 'x', -1);
    await t.call(other, 'add_auth', 'digest', 'user:password');
    await t.call(other, 'a_get', t.root, false);
  },

  async 'several add_auth, and a request behind them'(t) {
    const client = await t.open();
    for (const user of ['a:a', 'b:b', 'c:c']) client.add_auth('digest', user, t.noting(user));
    await t.call(client, 'a_set_acl', t.root, -1, [t.ZooKeeper.constants.ZOO_CREATOR_ALL_ACL]);
    await t.call(client, 'a_get_acl', t.root);
  },

  async 'a_reconfig of a server that stands alone'(t) {
    const client = await t.open();
    await t.call(client, 'a_reconfig', null, null, null, -1);
    await t.call(client, 'a_reconfig', 'server.2=a:1:2;3', null, null, -1);
    await t.call(client, 'a_reconfig', null, '2', null, '5');
  },

  async 'requests made ahead of the session are answered'(t) {
    const client = t.client({}, { events: false });
    client.init({});
    client.a_create(t.root, '', 0, t.noting('create'));
    client.a_exists(t.root, false, t.noting('exists'));
    await t.event(client, 'connect');
    await t.roundTrip(client);
  },

  async 'a chroot'(t) {
    const outside = await t.open();
    const client = t.client({}, { servers: `${t.address}${t.root}` });
    const connected = t.event(client, 'connect');
    client.init({});
    await connected;
    await t.call(client, 'a_create', '/a', '', 0);
    await t.call(client, 'a_create', '/s-', '', 2);
    const watcher = t.noting('watcher');
    await t.call(client, 'aw_get', '/a', watcher);
    await t.call(client, 'a_get', '/a', true);
    await t.call(client, 'a_set', '/a', 'x', 0);
    await watcher.called;
    await t.call(client, 'a_sync', '/a');
    await t.call(client, 'a_get_children', '/', false);
    await t.call(outside, 'a_get_children', t.root, false);
    client.mkdirp('/m/n', t.noting('mkdirp'));
    await t.roundTrip(client);
    await t.roundTrip(client);
    await t.roundTrip(client);
    await t.call(outside, 'a_get_children', `${t.root}/m`, false);
  },
};
