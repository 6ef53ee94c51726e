import { type Conn, op } from 'libzookeeper';
import { type Actor, must } from './actor.js';
import type { Client } from './client.js';

/** Writes the same into two nodes by a transaction: they are never told apart. */
export class Pair implements Actor {
  #written = 0;
  #acknowledged = 0;
  readonly #refused = new Set<number>();

  constructor(
    readonly path: string,
    readonly client: Client,
  ) {}

  get #paths(): readonly [string, string] {
    return [`${this.path}-a`, `${this.path}-b`];
  }

  prepare(conn: Conn): Promise<unknown> {
    return Promise.all(this.#paths.map((path) => conn.create(path, '0')));
  }

  async step(): Promise<void> {
    this.#written += 1;
    const value = this.#written;
    const [a, b] = this.#paths;
    const outcome = await this.client.make((conn) =>
      conn.multi([op.set(a, `${value}`), op.set(b, `${value}`)]),
    );
    if (outcome.kind === 'done') this.#acknowledged = value;
    else if (outcome.kind === 'refused') this.#refused.add(value);
  }

  async verify(conn: Conn): Promise<void> {
    const [a, b] = this.#paths;
    await conn.sync(a);
    const [first, second] = await Promise.all([conn.get(a), conn.get(b)]);
    const value = Number(first.data.toString());
    must(first.data.equals(second.data), () => `${a} and ${b} differ`);
    must(first.stat.mzxid === second.stat.mzxid, () => `${a} and ${b} are of two transactions`);
    must(
      value >= this.#acknowledged,
      () => `${a}: ${value}, but ${this.#acknowledged} was acknowledged`,
    );
    must(!this.#refused.has(value), () => `${a}: ${value} was refused, and is there`);
  }

  close(): Promise<void> {
    return this.client.close();
  }
}
