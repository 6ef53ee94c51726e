import { type Conn, type DialOptions, dial } from 'libzookeeper';
import type { Calls, Outcome } from './calls.js';

/** Somebody who works with a server whatever happens: a connection, and another one when its session has ended. */
export class Client {
  #conn: Conn;
  /** Sessions that have come to an end. */
  sessionsLost = 0;

  constructor(
    readonly servers: string,
    readonly options: DialOptions,
    readonly calls: Calls,
  ) {
    this.#conn = dial(servers, options);
  }

  /** The connection of this moment. */
  get conn(): Conn {
    return this.#conn;
  }

  /** Makes a call; where it is told that the session has ended, the next call is made on another one. */
  async make<T>(call: (conn: Conn) => Promise<T>): Promise<Outcome<T>> {
    const conn = this.#conn;
    const outcome = await this.calls.make(() => call(conn));
    if (outcome.kind !== 'done' && outcome.error.terminal && this.#conn === conn) {
      this.sessionsLost += 1;
      this.#conn = dial(this.servers, this.options);
      await conn[Symbol.asyncDispose]();
    }
    return outcome;
  }

  /** Makes a call that changes nothing, until it is answered. */
  async read<T>(call: (conn: Conn) => Promise<T>): Promise<T> {
    for (;;) {
      const outcome = await this.make(call);
      if (outcome.kind === 'done') return outcome.value;
      const { retryable, terminal } = outcome.error;
      if (!retryable && !terminal) throw outcome.error;
    }
  }

  close(): Promise<void> {
    return this.#conn[Symbol.asyncDispose]();
  }
}
