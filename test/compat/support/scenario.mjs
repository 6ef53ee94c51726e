import { setTimeout as pause } from 'node:timers/promises';
import { Network } from './network.mjs';
import { Normaliser } from './normalised.mjs';

/** The events of a client, in the original's words. */
const EVENTS = [
  ...['connect', 'connecting', 'close'],
  ...['created', 'deleted', 'changed', 'child', 'notwatching'],
];

let scenarios = 0;

/** What a scenario works with: clients of one implementation, a place of its own on the server, a record. */
export class Scenario {
  /** What it saw. */
  records = [];

  #clients = [];
  #proxies = [];
  #normaliser = new Normaliser(() => [
    [this.root, '<root>'],
    ...this.#clients.flatMap((client, index) => [
      ...(client.client_id.length > 4 ? [[client.client_id, `<session ${index}>`]] : []),
      ...(/[^0]/.test(client.client_password)
        ? [[client.client_password, `<password ${index}>`]]
        : []),
    ]),
  ]);

  constructor(ZooKeeper, address) {
    scenarios += 1;
    this.ZooKeeper = ZooKeeper;
    this.address = address;
    this.root = `/${ZooKeeper.name}-${process.pid}-${scenarios}`;
  }

  /** Notes what was seen. */
  record(...values) {
    this.records.push(values.map((value) => this.#normaliser.value(value)));
  }

  /** A function that notes its name and its arguments, and resolves `called` when it is called first. */
  noting(name) {
    let resolve;
    const called = new Promise((settle) => {
      resolve = settle;
    });
    const note = (...values) => {
      this.record(name, ...values);
      resolve(values);
    };
    return Object.assign(note, { called });
  }

  /** A client that is not open; its events are noted, unless they are not wanted. */
  client(config = {}, { events = true, servers = this.address } = {}) {
    const all =
      config === null || typeof config !== 'object'
        ? config
        : { connect: servers, timeout: 5000, debug_level: 0, ...config };
    const client = new this.ZooKeeper(all);
    this.#clients.push(client);
    const index = this.#clients.length - 1;
    this.#normaliser.name(client, `<client ${index}>`);
    this.#normaliser.name(client.native, `<native ${index}>`);
    if (events) {
      for (const name of EVENTS)
        client.on(name, (...values) => this.record('event', name, ...values));
    }
    return client;
  }

  /** Resolves when a client emits an event the next time. */
  event(client, name) {
    return new Promise((resolve) => client.once(name, (...values) => resolve(values)));
  }

  /** A client that is connected; the scenario's root is there. */
  async open(config = {}, options = {}) {
    const client = this.client(config, { ...options, events: false });
    const connected = this.event(client, 'connect');
    client.init({});
    await connected;
    await new Promise((resolve) => client.a_create(this.root, 'root', 0, resolve));
    if (options.events !== false) {
      for (const name of EVENTS)
        client.on(name, (...values) => this.record('event', name, ...values));
    }
    return client;
  }

  /** A network between clients and the server. */
  async proxy() {
    const proxy = await Network.start(this.address);
    this.#proxies.push(proxy);
    return proxy;
  }

  /**
   * Calls a method with a callback behind its arguments, and notes what it returns, or throws, and what it
   * calls back with. Resolves to the latter.
   */
  async call(client, method, ...values) {
    let returned;
    const replied = new Promise((resolve) => {
      try {
        returned = client[method](...values, (...reply) => resolve(reply));
      } catch (error) {
        returned = error;
      }
      if (returned instanceof Error || (typeof returned === 'number' && returned < 0))
        resolve(undefined);
    });
    const reply = await replied;
    this.record(method, ...values, 'returned', returned, 'replied', reply);
    return reply;
  }

  /** Calls a method that returns a promise, and notes what it settles with. */
  async settled(client, method, ...values) {
    const promise = client[method](...values);
    const kind = promise.constructor.name;
    const outcome = await promise.then(
      (result) => ['resolved', result],
      (reason) => ['rejected', reason],
    );
    this.record(method, kind, ...outcome);
    return outcome[1];
  }

  /** Notes what an expression gives or throws. */
  attempt(name, expression) {
    try {
      this.record(name, expression());
    } catch (error) {
      this.record(name, 'threw', error);
    }
  }

  /** A round trip: what the server had to say before is there. */
  async roundTrip(client) {
    await new Promise((resolve) => client.a_sync('/', resolve));
    await pause(5);
  }

  pause(ms) {
    return pause(ms);
  }

  async end() {
    for (const client of this.#clients) {
      client.removeAllListeners();
      client.on('error', () => {});
      client.close();
    }
    for (const proxy of this.#proxies) await proxy.close();
  }
}
