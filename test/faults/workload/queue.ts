import { type Conn, CreateFlag } from 'libzookeeper';
import type { Random } from '../../support/random.js';
import { type Actor, must } from './actor.js';
import type { Client } from './client.js';

/**
 * Makes sequential nodes, each with a number of its own for data, and removes some. Each number is there once, or not at all:
 * once if it was acknowledged, not at all if it was refused, or its removal acknowledged. Numbers of nodes follow each other
 * as those of what was acknowledged do.
 */
export class Queue implements Actor {
  #made = 0;
  /** Acknowledged and not removed: the node's path, by number. */
  readonly #there = new Map<number, string>();
  /** Neither has to be there nor has not to. */
  readonly #unknown = new Set<number>();

  constructor(
    readonly path: string,
    readonly client: Client,
    readonly random: Random,
  ) {}

  prepare(conn: Conn): Promise<unknown> {
    return conn.create(this.path);
  }

  async step(): Promise<void> {
    const count = this.random.integer(1, 6);
    await Promise.all(Array.from({ length: count }, () => this.#make()));
    const [oldest] = this.#there;
    if (oldest !== undefined && this.#there.size > 20) await this.#remove(...oldest);
  }

  async verify(conn: Conn): Promise<void> {
    await conn.sync(this.path);
    const { children } = await conn.children(this.path);
    const found = new Map<number, string>();
    for (const name of children) {
      const { data } = await conn.get(`${this.path}/${name}`);
      const number = Number(data.toString());
      must(!found.has(number), () => `${this.path}: ${number} was made twice`);
      found.set(number, `${this.path}/${name}`);
    }
    for (const [number, path] of this.#there) {
      must(found.get(number) === path, () => `${path} was acknowledged, and is not there`);
    }
    for (const [number, path] of found) {
      must(
        this.#there.has(number) || this.#unknown.has(number),
        () => `${path} is there; it was refused, or removed`,
      );
    }
  }

  close(): Promise<void> {
    return this.client.close();
  }

  async #make(): Promise<void> {
    this.#made += 1;
    const number = this.#made;
    const outcome = await this.client.make((conn) =>
      conn.create(`${this.path}/n-`, `${number}`, { flags: CreateFlag.SEQUENCE }),
    );
    if (outcome.kind === 'done') {
      const last = [...this.#there.values()].at(-1) ?? '';
      must(outcome.value > last, () => `${outcome.value} was made after ${last}`);
      this.#there.set(number, outcome.value);
    } else if (outcome.kind === 'unknown') {
      this.#unknown.add(number);
    }
  }

  async #remove(number: number, path: string): Promise<void> {
    const outcome = await this.client.make((conn) => conn.delete(path));
    if (outcome.kind === 'refused') return;
    this.#there.delete(number);
    if (outcome.kind === 'unknown') this.#unknown.add(number);
  }
}
