import { EventType, State } from '../constants.js';
import { ErrorCode } from '../error-code.js';
import type { ZooKeeperEvent } from '../event.js';
import type { PendingWatch } from '../watch.js';
import type { watchCb } from './types.js';

/** The names under which a client emits the events of its nodes. */
const eventNames: ReadonlyMap<number, string> = new Map([
  [EventType.CREATED, 'created'],
  [EventType.DELETED, 'deleted'],
  [EventType.CHANGED, 'changed'],
  [EventType.CHILD, 'child'],
  [EventType.NOTWATCHING, 'notwatching'],
]);

/** What a function is called with; the last is always undefined. */
export type WatchValues = [type: number, state: number, path: string, nothing?: undefined];

/** What {@link Watchers} tells its session. */
export interface WatchersListener {
  /** Calls a function with an event. */
  readonly tell: (watcher: watchCb, ...values: WatchValues) => void;
  /** Emits the event of a node. */
  readonly emit: (name: string, path: string) => void;
}

/** Which of the C client's tables a watch is in: two of the client's own in one table and on one path are one. */
function tableKey({ kind, path }: PendingWatch, rc: number): string {
  if (kind === 'children') return `child${path}`;
  return (rc === ErrorCode.ZNONODE ? 'exist' : 'data') + path;
}

/** The watches of one session, and whom they tell. */
export class Watchers {
  readonly #listener: WatchersListener;
  readonly #hearsSession: boolean;
  /** The functions that wait, each as often as it was given. */
  readonly #functions = new Set<{ readonly watcher: watchCb }>();
  /** The client's own watches. */
  readonly #own = new Map<string, PendingWatch>();
  /** The last event that was emitted: the client's own watches are told of an event once, whatever their number. */
  #emitted: ZooKeeperEvent | undefined;

  /** @param hearsSession - whether functions hear of the connection, too */
  constructor(listener: WatchersListener, hearsSession: boolean) {
    this.#listener = listener;
    this.#hearsSession = hearsSession;
  }

  /**
   * Takes a watch in.
   *
   * @param rc - the code of the reply that made it
   * @param watcher - the function that it tells; without one, whoever listens to the client is told
   */
  add(watch: PendingWatch, rc: number, watcher: watchCb | undefined): void {
    if (watcher === undefined) this.#addOwn(watch, tableKey(watch, rc));
    else this.#addFunction(watch, watcher);
  }

  /** The session's state changed, and goes on. */
  onSession(state: State): void {
    if (!this.#hearsSession) return;
    for (const { watcher } of [...this.#functions])
      this.#tell(watcher, EventType.SESSION, state, '');
  }

  #addOwn(watch: PendingWatch, key: string): void {
    const other = this.#own.get(key);
    if (other !== undefined && !other.closed) {
      void watch.cancel();
      return;
    }
    this.#own.set(key, watch);
    void watch.receive().then((event) => {
      if (this.#own.get(key) === watch) this.#own.delete(key);
      const name = eventNames.get(event.type);
      if (name === undefined || event === this.#emitted) return;
      this.#emitted = event;
      this.#listener.emit(name, event.path);
    });
  }

  #addFunction(watch: PendingWatch, watcher: watchCb): void {
    const entry = { watcher };
    this.#functions.add(entry);
    void watch.receive().then(({ type, state, path }) => {
      this.#functions.delete(entry);
      // The connection's end is no event, and the session's is told by the client's own, `close`.
      if (type === EventType.CLOSED || state === State.EXPIRED_SESSION) return;
      this.#tell(watcher, type, state, path);
    });
  }

  #tell(watcher: watchCb, type: number, state: number, path: string): void {
    this.#listener.tell(watcher, type, state, path, undefined);
  }
}
