import { EventType, State } from './constants.js';

/** How gozk words a state. */
const stateWords: ReadonlyMap<number, string> = new Map([
  [State.EXPIRED_SESSION, 'ZooKeeper session expired'],
  [State.AUTH_FAILED, 'ZooKeeper authentication failed'],
  [State.CONNECTING, 'ZooKeeper connecting'],
  [State.ASSOCIATING, 'ZooKeeper still associating'],
  [State.CONNECTED, 'ZooKeeper connected'],
  [State.READONLY, 'ZooKeeper connected read-only'],
  [State.CLOSED, 'ZooKeeper connection closed'],
]);

/** How gozk words a type; a session event has nothing to add to its state. */
const typeWords: ReadonlyMap<number, string> = new Map([
  [EventType.CREATED, 'path created: '],
  [EventType.DELETED, 'path deleted: '],
  [EventType.CHANGED, 'path changed: '],
  [EventType.CHILD, 'path children changed: '],
  [EventType.NOTWATCHING, 'not watching: '],
]);

/**
 * Something that happened to a node, or to the session. gozk's `Event`; from `watcher_fn`.
 *
 * The zero event, which a closed channel gives, has type `EventType.CLOSED`, state `State.CLOSED` and an empty path.
 *
 * @example
 * ```ts
 * const event: ZooKeeperEvent = await watch.receive();
 * console.log(event.ok, event.path, `${event}`);
 * ```
 */
export class ZooKeeperEvent {
  /** What happened. */
  readonly type: EventType;
  /** The session's state when it happened. */
  readonly state: State;
  /** The path of the node, relative to the chroot; empty for session events. */
  readonly path: string;

  constructor(type: EventType, state: State, path: string) {
    this.type = type;
    this.state = state;
    this.path = path;
  }

  /**
   * Whether the session is in good health. A watch may be ended by the session's own end: then this is false, and nothing
   * is known about the node. gozk's `Event.Ok`.
   */
  get ok(): boolean {
    return this.state === State.CONNECTED;
  }

  /** `ZooKeeper connected; path created: /a`. gozk's `Event.String`. */
  toString(): string {
    const state = stateWords.get(this.state) ?? `unknown ZooKeeper state ${this.state}`;
    if (this.type === EventType.SESSION) return state;
    return `${state}; ${typeWords.get(this.type) ?? ''}${this.path}`;
  }
}

/** What a closed channel gives. */
export const zeroEvent: ZooKeeperEvent = Object.freeze(
  new ZooKeeperEvent(EventType.CLOSED, State.CLOSED, ''),
);
