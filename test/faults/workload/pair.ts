import { type Conn, op } from 'libzookeeper';
import { type Actor, must } from './actor.js';
import type { Client } from './client.js';

/** Writes a number into two nodes, and makes a third one of that name, by a transaction: all of it is done, once, or nothing. */
export class Pair implements Actor {
  #written = 0;
  readonly #acknowledged = new Set<number>();
  readonly #refused = new Set<number>();

  constructor(
    readonly path: string,
    readonly client: Client,
  ) {}

  get #paths(): readonly [string, string] {
    return [`${this.path}-a`, `${this.path}-b`];
  }

  prepare(conn: Conn): Promise<unknown> {
    return Promise.all([
      conn.create(this.path),
      ...this.#paths.map((path) => conn.create(path, '0')),
    ]);
  }

  async step(): Promise<void> {
    this.#written += 1;
    const value = this.#written;
    const [a, b] = this.#paths;
    const outcome = await this.client.make((conn) =>
      conn.multi([
        op.set(a, `${value}`),
        op.set(b, `${value}`),
        op.create(`${this.path}/${value}`),
      ]),
    );
    if (outcome.kind === 'done') this.#acknowledged.add(value);
    else if (outcome.kind === 'refused') this.#refused.add(value);
  }

  async verify(conn: Conn): Promise<void> {
    const [a, b] = this.#paths;
    await conn.sync(a);
    const [first, second] = await Promise.all([conn.get(a), conn.get(b)]);
    const value = Number(first.data.toString());
    must(first.data.equals(second.data), () => `${a} and ${b} differ`);
    must(first.stat.mzxid === second.stat.mzxid, () => `${a} and ${b} are of two transactions`);
    const { children } = await conn.children(this.path);
    const made = new Set(children.map(Number));
    const last = Math.max(0, ...made);
    must(value === last, () => `${a}: ${value}, and ${last} is the last that was made`);
    for (const each of this.#acknowledged) {
      must(made.has(each), () => `${this.path}/${each} was acknowledged, and is not there`);
    }
    for (const each of this.#refused) {
      must(!made.has(each), () => `${this.path}/${each} was refused, and is there`);
    }
  }

  close(): Promise<void> {
    return this.client.close();
  }
}
