import { type Conn, CreateFlag } from 'libzookeeper';
import { waitFor } from '../../support/wait-for.js';
import { type Actor, must } from './actor.js';
import type { Client } from './client.js';

/** Makes ephemeral nodes: they are there as long as the session that made them. */
export class Ephemerals implements Actor {
  #made = 0;
  /** Acknowledged: the session that made it, by path. */
  readonly #owners = new Map<string, bigint>();

  constructor(
    readonly path: string,
    readonly client: Client,
  ) {}

  prepare(conn: Conn): Promise<unknown> {
    return conn.create(this.path);
  }

  async step(): Promise<void> {
    this.#made += 1;
    const path = `${this.path}/${this.#made}`;
    const { conn } = this.client;
    const outcome = await this.client.make(() =>
      conn.createWithStat(path, '', { flags: CreateFlag.EPHEMERAL }),
    );
    if (outcome.kind === 'done') this.#owners.set(path, outcome.value.stat.ephemeralOwner);
  }

  async verify(conn: Conn): Promise<void> {
    // Its connection is back, or has another session by now.
    await this.client.read((own) => own.sync(this.path));
    const { id } = this.client.conn.clientId;
    await conn.sync(this.path);
    for (const [path, owner] of this.#owners) {
      const stat = await conn.exists(path);
      if (owner === id) {
        must(stat !== null, () => `${path} is gone, and its session is not`);
      } else if (stat !== null) {
        await waitFor(async () => (await conn.exists(path)) === null, {
          timeout: 2 * this.client.conn.sessionTimeout,
          what: `${path} goes, as its session did`,
        });
      }
    }
    await this.client.close();
    // The server that is asked may not have heard of it yet.
    await conn.sync(this.path);
    const { children } = await conn.children(this.path);
    must(
      children.length === 0,
      () => `${this.path}/${children[0]} is there, after its session's close`,
    );
  }

  close(): Promise<void> {
    return this.client.close();
  }
}
