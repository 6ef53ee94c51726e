/** Watches: who is told, of what, how often. */

export const scenarios = {
  async 'aw_get, aw_exists and aw_get_children tell their functions'(t) {
    const client = await t.open();
    await t.call(client, 'aw_get', t.root, t.noting('get'));
    await t.call(client, 'aw_exists', t.root, t.noting('exists'));
    await t.call(client, 'aw_get_children', t.root, t.noting('children'));
    await t.call(client, 'aw_get_children2', t.root, t.noting('children2'));
    await t.call(client, 'a_set', t.root, 'x', -1);
    await t.call(client, 'a_create', `${t.root}/a`, '', 0);
    await t.roundTrip(client);
    // Once only.
    await t.call(client, 'a_set', t.root, 'x', -1);
    await t.call(client, 'a_create', `${t.root}/b`, '', 0);
    await t.roundTrip(client);
  },

  async 'aw_exists of a missing node waits for it; aw_get and the like do not'(t) {
    const client = await t.open();
    const path = `${t.root}/missing`;
    await t.call(client, 'aw_exists', path, t.noting('exists'));
    await t.call(client, 'aw_get', path, t.noting('get'));
    await t.call(client, 'aw_get_children', path, t.noting('children'));
    await t.call(client, 'aw_get_children2', path, t.noting('children2'));
    await t.call(client, 'a_create', path, '', 0);
    await t.roundTrip(client);
  },

  async 'a removal tells all'(t) {
    const client = await t.open();
    const path = `${t.root}/gone`;
    await t.call(client, 'a_create', path, '', 0);
    await t.call(client, 'aw_get', path, t.noting('get'));
    await t.call(client, 'aw_get_children', path, t.noting('children'));
    await t.call(client, 'aw_exists', path, t.noting('exists'));
    await t.call(client, 'a_get', path, true);
    await t.call(client, 'aw_get_children2', path, t.noting('children2'));
    await t.call(client, 'aw_get', path, t.noting('get again'));
    await t.call(client, 'a_delete_', path, 0);
    await t.roundTrip(client);
  },

  async 'one function, given several times, is told as often'(t) {
    const client = await t.open();
    const watcher = t.noting('watcher');
    await t.call(client, 'aw_get', t.root, watcher);
    await t.call(client, 'aw_get', t.root, watcher);
    await t.call(client, 'aw_exists', t.root, watcher);
    await t.call(client, 'a_set', t.root, 'x', -1);
    await t.roundTrip(client);
  },

  async 'the client emits what it watches itself, once'(t) {
    const client = await t.open();
    const path = `${t.root}/n`;
    await t.call(client, 'a_exists', path, true);
    await t.call(client, 'a_get_children', t.root, true);
    await t.call(client, 'a_create', path, '', 0);
    await t.roundTrip(client);
    await t.call(client, 'a_get', path, true);
    await t.call(client, 'a_get', path, true);
    await t.call(client, 'a_exists', path, true);
    await t.call(client, 'a_set', path, 'x', 0);
    await t.roundTrip(client);
    await t.call(client, 'a_get', path, true);
    await t.call(client, 'a_exists', path, true);
    await t.call(client, 'a_get_children2', path, true);
    await t.call(client, 'a_delete_', path, 1);
    await t.roundTrip(client);
  },

  async 'watch is a truth value'(t) {
    const client = await t.open();
    for (const watch of [
      false,
      true,
      0,
      1,
      '',
      'false',
      null,
      undefined,
      {},
      () => {},
      Number.NaN,
    ]) {
      t.record('watch', watch);
      await t.call(client, 'a_get', t.root, watch);
      await t.call(client, 'a_set', t.root, 'x', -1);
      await t.roundTrip(client);
    }
  },

  async 'an event comes ahead of the reply of the change that made it'(t) {
    const client = await t.open();
    const watcher = t.noting('watcher');
    client.aw_get(t.root, watcher, t.noting('get'));
    client.a_set(t.root, 'x', -1, t.noting('set'));
    client.a_get(t.root, true, t.noting('get'));
    client.a_set(t.root, 'y', -1, t.noting('set'));
    await t.roundTrip(client);
  },

  async 'a watch may be set anew by its own function'(t) {
    const client = await t.open();
    let left = 3;
    const watcher = (...values) => {
      t.record('watcher', ...values);
      left -= 1;
      if (left > 0) client.aw_get(t.root, watcher, t.noting('get'));
    };
    client.aw_get(t.root, watcher, t.noting('get'));
    for (let i = 0; i < 4; i += 1) {
      await t.call(client, 'a_set', t.root, `${i}`, -1);
      await t.roundTrip(client);
    }
  },

  async 'a change by another client'(t) {
    const client = await t.open();
    const other = await t.open({}, { events: false });
    const watcher = t.noting('watcher');
    await t.call(client, 'aw_get', t.root, watcher);
    await t.call(client, 'a_get', t.root, true);
    const changed = t.event(client, 'changed');
    other.a_set(t.root, 'x', -1, () => {});
    await watcher.called;
    await changed;
  },

  async 'what a watcher, a listener and a callback throw is uncaught, and stops nobody'(t) {
    const client = await t.open();
    const throwing = (message) => () => {
      throw new Error(message);
    };
    client.on('changed', throwing('listener'));
    client.aw_get(t.root, throwing('watcher'), throwing('callback'));
    client.a_get(t.root, true, t.noting('get'));
    await t.roundTrip(client);
    client.a_set(t.root, 'x', -1, t.noting('set'));
    await t.roundTrip(client);
  },

  async 'a watcher gets four arguments'(t) {
    const client = await t.open();
    const seen = new Promise((resolve) => {
      client.aw_get(
        t.root,
        function watcher(...values) {
          resolve([values.length, this === globalThis]);
        },
        () => {},
      );
    });
    client.a_set(t.root, 'x', -1, () => {});
    t.record(await seen);
  },

  async 'close forgets watches'(t) {
    const client = await t.open();
    const other = await t.open({}, { events: false });
    await t.call(client, 'aw_get', t.root, t.noting('watcher'));
    await t.call(client, 'a_get', t.root, true);
    client.close();
    await t.call(other, 'a_set', t.root, 'x', -1);
    await t.roundTrip(other);
  },
};
