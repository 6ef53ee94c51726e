import { setTimeout as sleep } from 'node:timers/promises';
import { type Conn, EventType, State, type Watch, type ZooKeeperEvent } from 'libzookeeper';
import { type Actor, must } from './actor.js';
import type { Client } from './client.js';

/** The longest that an event may take once everything works, in milliseconds. */
const LONGEST = 10_000;

/**
 * Watches a node that somebody else changes. A watch gives one event: never without a change, always after one; or its end,
 * when the session ends.
 */
export class Watcher implements Actor {
  #watch: Watch | undefined;
  /** The version that the node had when the watch was set. */
  #version = -1;
  /** How many events came. */
  fired = 0;

  constructor(
    readonly path: string,
    readonly client: Client,
  ) {}

  async prepare(): Promise<void> {}

  async step(): Promise<void> {
    if (this.#watch === undefined) await this.#set();
    const watch = this.#watch;
    if (watch === undefined) return;
    const event = await Promise.race([watch.receive(), sleep(50, undefined, { ref: false })]);
    if (event !== undefined) await this.#take(watch, event);
  }

  async verify(conn: Conn): Promise<void> {
    if (this.#watch === undefined) await this.#set();
    const watch = this.#watch;
    must(watch !== undefined, () => `${this.path}: no watch could be set`);
    // A change that comes behind all others.
    await conn.set(this.path, (await conn.get(this.path)).data);
    const event = await Promise.race([watch.receive(), sleep(LONGEST, undefined, { ref: false })]);
    must(event !== undefined, () => `${this.path}: a change, and no event of its watch`);
    await this.#take(watch, event);
    must(watch.closed, () => `${this.path}: its watch goes on after its event`);
  }

  close(): Promise<void> {
    return this.client.close();
  }

  async #set(): Promise<void> {
    const outcome = await this.client.make((conn) => conn.getW(this.path));
    if (outcome.kind !== 'done') return;
    this.#watch = outcome.value.watch;
    this.#version = outcome.value.stat.version;
  }

  async #take(watch: Watch, event: ZooKeeperEvent): Promise<void> {
    this.#watch = undefined;
    const again = await watch.receive();
    must(again.type === EventType.CLOSED, () => `${this.path}: a second event, ${again}`);
    if (event.type === EventType.SESSION) {
      must(event.state === State.EXPIRED_SESSION, () => `${this.path}: ${event}`);
      return;
    }
    if (event.type === EventType.CLOSED) return;
    must(event.type === EventType.CHANGED && event.path === this.path, () => `${event}`);
    this.fired += 1;
    const before = this.#version;
    const { version } = (await this.client.read((conn) => conn.get(this.path))).stat;
    must(
      version > before,
      () => `${this.path}: an event, and its version is ${version}, as before`,
    );
  }
}
