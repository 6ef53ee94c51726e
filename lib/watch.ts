import type { Channel } from './channel.js';
import { EventChannel } from './channel.js';
import type { ZooKeeperEvent } from './event.js';
import { addPendingWatch, removePendingWatch } from './pending-watches.js';

/** What a watch looks at: which of the server's lists it stands in. */
export type WatchKind = 'data' | 'exists' | 'children';

/**
 * A one-shot watch: a channel that gives exactly one event, and then has ended.
 *
 * It survives reconnections, to another server too, and then fires as usual, also for a change that was made while the
 * client was away. It never sees the session's transient events. When the session ends (`EXPIRED_SESSION`, `AUTH_FAILED`)
 * that is its one event; when the connection is closed it ends without one.
 *
 * @example
 * ```ts
 * const { data, watch } = await conn.getW('/config');
 * const event = await watch.receive();
 * if (!event.ok) throw new Error(String(event)); // the session's end, not a change
 * ```
 */
export interface Watch extends Channel<ZooKeeperEvent>, AsyncDisposable {
  /** The path that is watched. */
  readonly path: string;
  /** What is watched there. */
  readonly kind: WatchKind;
  /**
   * Ends the channel at once, without an event, and removes the watch on the server unless another one of its kind waits
   * there. Of no effect on a watch that has ended. Never rejects: a watch that cannot be removed now, because the connection
   * is lost, is removed after the reconnection. From `zoo_aremove_all_watches`.
   */
  cancel(): Promise<void>;
}

/** A watch, from its connection's side. */
export class PendingWatch implements Watch {
  readonly path: string;
  readonly kind: WatchKind;
  readonly #channel = new EventChannel();
  readonly #remove: (watch: PendingWatch) => Promise<void>;

  /** @param remove - takes the watch out of its connection's tables, and off the server */
  constructor(path: string, kind: WatchKind, remove: (watch: PendingWatch) => Promise<void>) {
    this.path = path;
    this.kind = kind;
    this.#remove = remove;
    addPendingWatch();
  }

  get closed(): boolean {
    return this.#channel.closed;
  }

  /** Delivers the one event. */
  fire(event: ZooKeeperEvent): void {
    this.#channel.send(event);
    this.end();
  }

  /** Ends without an event. */
  end(): void {
    if (this.#channel.closed) return;
    this.#channel.end();
    removePendingWatch();
  }

  receive(options?: Parameters<EventChannel['receive']>[0]): Promise<ZooKeeperEvent> {
    return this.#channel.receive(options);
  }

  [Symbol.asyncIterator](): AsyncIterator<ZooKeeperEvent> {
    return this.#channel[Symbol.asyncIterator]();
  }

  async cancel(): Promise<void> {
    if (this.#channel.closed) return;
    this.end();
    await this.#remove(this);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.cancel();
  }
}
