import { setTimeout as sleep } from 'node:timers/promises';
import { type Conn, EventType, State, type Watch, type ZooKeeperEvent } from 'libzookeeper';
import { type Actor, must } from './actor.js';
import type { Client } from './client.js';

/** The longest that an event may take once everything works, in milliseconds. */
const LONGEST = 10_000;

/** A watch as it was set, and what the node was like then, as a number that grows with each change that it tells of. */
interface Set {
  readonly watch: Watch;
  readonly age: number;
}

/** One that is waited for. */
interface Awaited extends Set {
  readonly event: Promise<ZooKeeperEvent>;
}

/** What is watched: how a watch is set, how it is told whether there was a change, and a change for the end. */
export interface Subject {
  readonly path: string;
  readonly types: readonly EventType[];
  prepare(conn: Conn): Promise<unknown>;
  set(conn: Conn): Promise<Set>;
  age(conn: Conn): Promise<number>;
  change(conn: Conn): Promise<unknown>;
}

/** The data of a node, that others change; or nobody, where `isOwn`. */
export const dataOf = (path: string, isOwn: boolean): Subject => ({
  path,
  types: [EventType.CHANGED],
  prepare: async (conn) => {
    if (isOwn) await conn.create(path);
  },
  set: async (conn) => {
    const { watch, stat } = await conn.getW(path);
    return { watch, age: stat.version };
  },
  age: async (conn) => (await conn.get(path)).stat.version,
  change: async (conn) => conn.set(path, (await conn.get(path)).data),
});

/** The children of a node, that others make and remove. */
export const childrenOf = (path: string): Subject => ({
  path,
  types: [EventType.CHILD],
  prepare: async () => {},
  set: async (conn) => {
    const { watch, stat } = await conn.childrenW(path);
    return { watch, age: stat.cversion };
  },
  age: async (conn) => (await conn.children(path)).stat.cversion,
  change: async (conn) => conn.delete(await conn.create(`${path}/last`)),
});

/** That a node is not there, until it is made in the end. */
export const absenceOf = (path: string): Subject => ({
  path,
  types: [EventType.CREATED],
  prepare: async () => {},
  set: async (conn) => {
    const { watch, stat } = await conn.existsW(path);
    return { watch, age: stat === null ? 0 : 1 };
  },
  age: async (conn) => ((await conn.exists(path)) === null ? 0 : 1),
  change: (conn) => conn.create(path),
});

/**
 * Watches something. A watch gives one event: never without a change, always after one; or its end, when the session ends.
 */
export class Watcher implements Actor {
  #set: Awaited | undefined;

  constructor(
    readonly subject: Subject,
    readonly client: Client,
  ) {}

  prepare(conn: Conn): Promise<unknown> {
    return this.subject.prepare(conn);
  }

  async step(): Promise<void> {
    const set = await this.#ensure();
    if (set === undefined) return;
    const event = await Promise.race([set.event, sleep(50, undefined, { ref: false })]);
    if (event !== undefined) await this.#take(set, event);
  }

  async verify(conn: Conn): Promise<void> {
    // Its connection is back, or has another session by now.
    await this.client.read((own) => this.subject.age(own));
    const { path } = this.subject;
    const set = await this.#ensure();
    must(set !== undefined, () => `${path}: no watch can be set`);
    await this.subject.change(conn);
    const event = await Promise.race([set.event, sleep(LONGEST, undefined, { ref: false })]);
    must(event !== undefined, () => `${path}: a change, and no event of its watch`);
    await this.#take(set, event);
    must(set.watch.closed, () => `${path}: its watch goes on after its event`);
  }

  close(): Promise<void> {
    return this.client.close();
  }

  async #ensure(): Promise<Awaited | undefined> {
    if (this.#set === undefined) {
      const outcome = await this.client.make((conn) => this.subject.set(conn));
      if (outcome.kind !== 'done') return undefined;
      const { watch, age } = outcome.value;
      // What comes is received once, whoever waits for it by then.
      this.#set = { watch, age, event: watch.receive() };
    }
    return this.#set;
  }

  async #take({ watch, age }: Set, event: ZooKeeperEvent): Promise<void> {
    this.#set = undefined;
    const { path, types } = this.subject;
    const again = await watch.receive();
    must(again.type === EventType.CLOSED, () => `${path}: a second event, ${again}`);
    if (event.type === EventType.SESSION) {
      must(event.state === State.EXPIRED_SESSION, () => `${path}: ${event}`);
      return;
    }
    must(types.includes(event.type) && event.path === path, () => `${path}: ${event}`);
    const now = await this.client.read((conn) => this.subject.age(conn));
    must(now > age, () => `${path}: an event, and no change: ${now}, as before`);
  }
}
