/** Reads: their results, their failures, their codes. */

async function nodes(t) {
  const client = await t.open();
  for (const [name, data] of [
    ['a', 'data'],
    ['empty', ''],
    ['bytes', Buffer.from([0, 1, 255, 0])],
  ]) {
    await t.call(client, 'a_create', `${t.root}/${name}`, data, 0);
  }
  return client;
}

export const scenarios = {
  async 'a_get gives stat and data'(t) {
    const client = await nodes(t);
    for (const name of ['a', 'empty', 'bytes', 'missing']) {
      await t.call(client, 'a_get', `${t.root}/${name}`, false);
    }
  },

  async 'a_exists gives the stat, and ZNONODE for a missing node'(t) {
    const client = await nodes(t);
    await t.call(client, 'a_exists', `${t.root}/a`, false);
    await t.call(client, 'a_exists', `${t.root}/missing`, false);
  },

  async 'a_get_children and a_get_children2 give names'(t) {
    const client = await nodes(t);
    for (const method of ['a_get_children', 'a_get_children2']) {
      for (const path of [t.root, `${t.root}/a`, `${t.root}/missing`]) {
        await t.call(client, method, path, false);
      }
    }
  },

  async 'a_get_acl gives the list and the stat'(t) {
    const client = await nodes(t);
    await t.call(client, 'a_get_acl', t.root);
  },

  async 'a_sync gives the path, of a missing node, too'(t) {
    const client = await nodes(t);
    await t.call(client, 'a_sync', t.root);
    await t.call(client, 'a_sync', `${t.root}/missing`);
  },

  async 'a_getconfig gives the configuration, as a_get of its node does'(t) {
    const client = await nodes(t);
    await t.call(client, 'a_getconfig', false);
    await t.call(client, 'a_getconfig', true);
    await t.call(client, 'a_get', t.ZooKeeper.constants.ZOO_CONFIG_NODE, false);
    await t.call(client, 'aw_getconfig', t.noting('watcher'));
  },

  async 'null data is null, with an encoding, too'(t) {
    // Only the other binding can make such a node.
    const { connect } = await import('libzookeeper');
    const client = await t.open();
    const other = await connect(t.address);
    await other.create(`${t.root}/null`, null);
    await other.close();
    await t.call(client, 'a_get', `${t.root}/null`, false);
    client.setEncoding('utf8');
    await t.call(client, 'a_get', `${t.root}/null`, false);
  },

  async encodings(t) {
    const client = await nodes(t);
    for (const encoding of ['utf8', 'hex', 'latin1', 'base64', null, undefined]) {
      client.setEncoding(encoding);
      t.record(encoding, client.encoding, client.data_as_buffer);
      await t.call(client, 'a_get', `${t.root}/a`, false);
      await t.call(client, 'a_get', `${t.root}/missing`, false);
      await t.call(client, 'a_getconfig', false);
      await t.call(client, 'aw_get', `${t.root}/a`, t.noting('watcher'));
    }
  },

  async 'the encoding that counts is the one when the reply comes'(t) {
    const client = await nodes(t);
    const reply = t.call(client, 'a_get', `${t.root}/a`, false);
    client.setEncoding('hex');
    await reply;
  },

  async 'stats are read-only, and their own objects'(t) {
    const client = await t.open();
    await t.call(client, 'a_create', `${t.root}/mine`, '', 1);
    const [, , stat] = await t.call(client, 'a_exists', `${t.root}/mine`, false);
    t.record(Object.keys(stat), Object.isExtensible(stat), Object.isFrozen(stat));
    t.record(Object.getPrototypeOf(stat) === Object.prototype);
    for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(stat))) {
      t.record(name, typeof descriptor.value, { ...descriptor, value: 0 });
    }
    t.record(stat.ephemeralOwner === client.client_id, stat.createdInThisSession);
    t.record(stat.ctime instanceof Date, stat.mtime instanceof Date);
    t.attempt('assignment', () => {
      stat.version = 5;
    });
    t.attempt('addition', () => {
      stat.extra = 5;
      return stat.extra;
    });
    const other = await t.open({}, { events: false });
    const [, , seen] = await t.call(other, 'a_exists', `${t.root}/mine`, false);
    t.record(seen.createdInThisSession);
  },

  async 'ACL entries are read-only'(t) {
    const client = await t.open();
    const [, , [entry]] = await t.call(client, 'a_get_acl', t.root);
    for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(entry))) {
      t.record(name, descriptor);
    }
  },

  async 'paths that are refused at the call'(t) {
    const client = await t.open();
    const paths = [
      5,
      null,
      undefined,
      {},
      '',
      'a',
      '/a/',
      '//',
      '/a//b',
      '/a/.',
      '/a/..',
      '/./a',
      '/a\u0001',
    ];
    for (const path of paths) {
      for (const [method, ...values] of [
        ['a_get', false],
        ['a_exists', false],
        ['a_get_children', false],
        ['a_get_children2', false],
        ['a_create', '', 0],
        ['a_createTtl', '', 5, 1000],
        ['a_set', '', 0],
        ['a_delete_', 0],
        ['a_sync'],
        ['a_get_acl'],
        ['a_set_acl', 0, []],
        ['aw_get', t.noting('watcher')],
        ['aw_exists', t.noting('watcher')],
        ['aw_get_children', t.noting('watcher')],
        ['aw_get_children2', t.noting('watcher')],
      ]) {
        await t.call(client, method, path, ...values);
      }
    }
  },

  async 'paths that are unusual, and right'(t) {
    const client = await t.open();
    for (const name of ['ü', '...', 'a b', 'x'.repeat(300), '日本']) {
      await t.call(client, 'a_create', `${t.root}/${name}`, name, 0);
      await t.call(client, 'a_get', `${t.root}/${name}`, false);
    }
    await t.call(client, 'a_get_children', t.root, false);
    const object = { toString: () => t.root };
    client.a_exists(object, false, t.noting('with an object'));
    await t.roundTrip(client);
    t.attempt('what toString throws', () =>
      client.a_get(
        {
          toString() {
            throw new Error('mine');
          },
        },
        false,
        () => {},
      ),
    );
    t.attempt('a symbol', () => client.a_get(Symbol('x'), false, () => {}));
  },

  async 'a large node comes whole; one that is too large ends the connection'(t) {
    const client = await t.open();
    const path = `${t.root}/large`;
    await t.call(client, 'a_create', path, Buffer.alloc(900_000, 7), 0);
    const [, , , data] = await t.call(client, 'a_get', path, false);
    t.record(data.equals(Buffer.alloc(900_000, 7)));
    const connected = t.event(client, 'connect');
    await t.call(client, 'a_set', path, Buffer.alloc(1_100_000), -1);
    await connected;
  },

  async 'ten thousand at once'(t) {
    const client = await t.open();
    const codes = new Map();
    await Promise.all(
      Array.from({ length: 10_000 }, async () => {
        const [, , stat] = await new Promise((resolve) => {
          client.a_exists(t.root, false, (...values) => resolve(values));
        });
        codes.set(stat.version, (codes.get(stat.version) ?? 0) + 1);
      }),
    );
    t.record([...codes]);
  },

  async 'what follows a reply in the program runs before the next is there'(t) {
    const client = await t.open();
    for (const name of ['one', 'two']) {
      client.a_get(t.root, false, () => {
        t.record(name);
        Promise.resolve()
          .then(() => {})
          .then(() => t.record(name, 'continued'));
      });
      t.settled(client, 'get', t.root).then(() => t.record(name, 'settled'));
    }
    await t.roundTrip(client);
  },

  async 'replies come in the order of the calls'(t) {
    const client = await t.open();
    client.a_create(`${t.root}/o`, '', 0, t.noting('create'));
    client.a_get(t.root, false, t.noting('get'));
    client.aw_get(t.root, t.noting('watcher'), t.noting('aw_get'));
    client.a_get_children(t.root, false, t.noting('children'));
    client.a_set(`${t.root}/o`, 'x', 0, t.noting('set'));
    client.a_sync(t.root, t.noting('sync'));
    client.a_delete_(`${t.root}/o`, 1, t.noting('delete'));
    client.a_exists(`${t.root}/o`, false, t.noting('exists'));
    await t.roundTrip(client);
  },
};
