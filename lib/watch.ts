import { type Channel, EventChannel, type ReceiveOptions } from './channel.js';
import type { ZooKeeperEvent } from './event.js';
import { addPendingWatch, removePendingWatch } from './pending-watches.js';

/**
 * What a watch looks at: which of the server's lists it stands in.
 *
 * @example
 * ```ts
 * const kind: WatchKind = watch.kind;
 * ```
 */
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

/** What watches have in common that are of one kind and in one table of a connection. */
export interface WatchGroup {
  readonly kind: WatchKind;
  /** Takes a watch out of its table, and off the server. */
  remove(watch: PendingWatch): Promise<void>;
}

/**
 * A watch, from its connection's side. There may be a million of them, of which most wait for days, and nobody for them: so
 * it has few fields, and a channel only once there is an event or a receiver.
 */
export class PendingWatch implements Watch {
  readonly path: string;
  readonly #group: WatchGroup;
  #channel: EventChannel | undefined;

  constructor(path: string, group: WatchGroup) {
    this.path = path;
    this.#group = group;
    addPendingWatch();
  }

  get kind(): WatchKind {
    return this.#group.kind;
  }

  get closed(): boolean {
    return this.#channel?.closed ?? false;
  }

  /** Delivers the one event. */
  fire(event: ZooKeeperEvent): void {
    PendingWatch.#channelOf(this).send(event);
    this.end();
  }

  /** Ends without an event. */
  end(): void {
    if (this.closed) return;
    PendingWatch.#channelOf(this).end();
    removePendingWatch();
  }

  receive(options?: ReceiveOptions): Promise<ZooKeeperEvent> {
    return PendingWatch.#channelOf(this).receive(options);
  }

  [Symbol.asyncIterator](): AsyncIterator<ZooKeeperEvent> {
    return PendingWatch.#channelOf(this)[Symbol.asyncIterator]();
  }

  async cancel(): Promise<void> {
    if (this.closed) return;
    this.end();
    await this.#group.remove(this);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.cancel();
  }

  /** Static, since a private method of its objects is one more field of each. */
  static #channelOf(watch: PendingWatch): EventChannel {
    watch.#channel ??= new EventChannel();
    return watch.#channel;
  }
}
