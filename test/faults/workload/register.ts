import { type Conn, ErrorCode } from 'libzookeeper';
import type { Random } from '../../support/random.js';
import { type Actor, must } from './actor.js';
import type { Client } from './client.js';

/**
 * Writes 1, 2, 3 … into a node of its own, several at a time, and reads it in between. What was acknowledged is there, until
 * something later is; what was refused is never there; nothing goes back.
 */
export class Register implements Actor {
  #written = 0;
  /** The last that was acknowledged. */
  #acknowledged = 0;
  /** The version that goes with it. */
  #version = 0;
  /** How many writes came to what. */
  readonly #counts = { done: 0, refused: 0, unknown: 0 };
  readonly #refused = new Set<number>();

  constructor(
    readonly path: string,
    readonly client: Client,
    readonly random: Random,
  ) {}

  prepare(conn: Conn): Promise<unknown> {
    return conn.create(this.path, '0');
  }

  async step(): Promise<void> {
    const before = this.#acknowledged;
    const writes = Array.from({ length: this.random.integer(1, 8) }, () => this.#write());
    if (this.random.next() < 0.5) {
      await Promise.all([...writes, this.#read(before)]);
    } else {
      await Promise.all(writes);
      await this.#read(this.#acknowledged);
    }
  }

  async verify(conn: Conn): Promise<void> {
    await conn.sync(this.path);
    const { data, stat } = await conn.get(this.path);
    this.#look(Number(data.toString()), this.#acknowledged);
    must(
      stat.version >= this.#version,
      () => `${this.path}: version ${stat.version}, but ${this.#version} was acknowledged`,
    );
    const { done, unknown } = this.#counts;
    must(
      stat.version >= done && stat.version <= done + unknown,
      () =>
        `${this.path}: version ${stat.version}; ${done} writes acknowledged, ${unknown} unknown`,
    );
  }

  close(): Promise<void> {
    return this.client.close();
  }

  async #write(): Promise<void> {
    this.#written += 1;
    const value = this.#written;
    const outcome = await this.client.make((conn) => conn.set(this.path, `${value}`));
    this.#counts[outcome.kind] += 1;
    if (outcome.kind === 'done') {
      must(
        value > this.#acknowledged && outcome.value.version > this.#version,
        () => `${this.path}: ${value} was acknowledged after ${this.#acknowledged}`,
      );
      this.#acknowledged = value;
      this.#version = outcome.value.version;
    } else if (outcome.kind === 'refused') {
      this.#refused.add(value);
    }
  }

  /** @param least - what was acknowledged on this connection, or before it was made, when the read was called */
  async #read(least: number): Promise<void> {
    const outcome = await this.client.make((conn) => conn.get(this.path));
    if (outcome.kind === 'done') this.#look(Number(outcome.value.data.toString()), least);
    else must(outcome.error.errno !== ErrorCode.ZNONODE, () => `${this.path} is gone`);
  }

  #look(value: number, least: number): void {
    must(
      value >= least && value <= this.#written,
      () => `${this.path}: read ${value}; ${least} was acknowledged, ${this.#written} written`,
    );
    must(!this.#refused.has(value), () => `${this.path}: ${value} was refused, and is there`);
  }
}
