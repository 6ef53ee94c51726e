import { CONFIG_NODE } from './config.js';
import { EventType } from './constants.js';
import { ErrorCode } from './error-code.js';
import { ZooKeeperEvent } from './event.js';
import { PendingWatch, type WatchKind } from './watch.js';

/**
 * The C client's three tables of watches, by what their paths wait for: a change of data, coming into being, a change of the
 * list of children.
 */
type Table = 'data' | 'exist' | 'child';

/** What the server knows: it has one list for data and existence, and one for children. */
type Family = 'data' | 'child';

const tablesOf: Readonly<Record<Family, readonly Table[]>> = {
  data: ['data', 'exist'],
  child: ['child'],
};

/** `ZWATCHTYPE_CHILD` and `ZWATCHTYPE_DATA` */
const watcherType: Readonly<Record<Family, 1 | 2>> = { child: 1, data: 2 };

/** What an event consumes. Session events consume nothing. */
const consumedBy: ReadonlyMap<number, readonly Table[]> = new Map<number, readonly Table[]>([
  [EventType.CREATED, ['data', 'exist']],
  [EventType.CHANGED, ['data', 'exist']],
  [EventType.CHILD, ['child']],
  [EventType.DELETED, ['child', 'data', 'exist']],
]);

const familyOf = (kind: WatchKind): Family => (kind === 'children' ? 'child' : 'data');

/** The table that a registration joins, by the code of its reply; undefined for none. */
function tableJoined(kind: WatchKind, rc: number): Table | undefined {
  if (rc === ErrorCode.ZOK) return familyOf(kind);
  return kind === 'exists' && rc === ErrorCode.ZNONODE ? 'exist' : undefined;
}

/**
 * Stands for the ensemble's configuration in the tables of a connection with a chroot: no path below the chroot is the one
 * of its node. Its events come without a path.
 */
export const CONFIG_BELOW_CHROOT = '';

/** Has the server forget a path: `zoo_aremove_all_watches`. Resolves to the code. */
export type RemoveWatches = (path: string, type: 1 | 2) => Promise<number>;

/**
 * The binding's image of the C client's tables of watches.
 *
 * All watches are registered there with one function and one context, so that a path has one entry, whatever the number of
 * watches; here the entry becomes the watches that wait for it. Replies and events come through one queue in the order in
 * which the C client changed its own tables, so that the image is exact as long as it is changed where they are taken in.
 */
export class WatchTables {
  readonly #tables: Readonly<Record<Table, Map<string, Set<PendingWatch>>>> = {
    data: new Map(),
    exist: new Map(),
    child: new Map(),
  };
  /** Registrations whose reply has not come: what is removed now would take them along. By family and path. */
  readonly #expected = new Map<string, number>();
  /** What could not be removed, for want of a connection. By family and path. */
  readonly #unremoved = new Map<string, readonly [Family, string]>();
  readonly #removeWatches: RemoveWatches;

  constructor(removeWatches: RemoveWatches) {
    this.#removeWatches = removeWatches;
  }

  /** A registration is on its way. */
  expect(kind: WatchKind, path: string): void {
    const key = familyOf(kind) + path;
    this.#expected.set(key, (this.#expected.get(key) ?? 0) + 1);
  }

  /** A registration's reply has come, or never will. @returns the watch, if the reply made one */
  settle(kind: WatchKind, path: string, rc: number): PendingWatch | undefined {
    const family = familyOf(kind);
    const key = family + path;
    const left = (this.#expected.get(key) ?? 1) - 1;
    if (left > 0) this.#expected.set(key, left);
    else this.#expected.delete(key);

    const table = tableJoined(kind, rc);
    if (table === undefined) {
      void this.#removeIfUnused(family, path);
      return undefined;
    }
    const watch = new PendingWatch(
      path === CONFIG_BELOW_CHROOT ? CONFIG_NODE : path,
      kind,
      (cancelled) => this.#remove(cancelled, table, path),
    );
    const entry = this.#tables[table].get(path);
    if (entry === undefined) this.#tables[table].set(path, new Set([watch]));
    else entry.add(watch);
    return watch;
  }

  /** Gives an event to every watch that waits for it, and forgets them. */
  fire(event: ZooKeeperEvent): void {
    for (const table of consumedBy.get(event.type) ?? []) {
      const entry = this.#tables[table].get(event.path);
      if (entry === undefined) continue;
      this.#tables[table].delete(event.path);
      for (const watch of entry) {
        // The program is told the path that it knows.
        const { type, state, path } = event;
        watch.fire(path === watch.path ? event : new ZooKeeperEvent(type, state, watch.path));
      }
    }
  }

  /** Ends every watch: with an event when the session ended, without one when the connection was closed. */
  endAll(event?: ZooKeeperEvent): void {
    for (const table of Object.values(this.#tables)) {
      const entries = [...table.values()];
      table.clear();
      for (const entry of entries) {
        for (const watch of entry) {
          if (event === undefined) watch.end();
          else watch.fire(event);
        }
      }
    }
    this.#unremoved.clear();
  }

  /** The connection is back: removes what could not be removed before. */
  removeLeftovers(): void {
    const leftovers = [...this.#unremoved.values()];
    this.#unremoved.clear();
    for (const [family, path] of leftovers) void this.#removeIfUnused(family, path);
  }

  async #remove(watch: PendingWatch, table: Table, path: string): Promise<void> {
    // The entry stays, empty, for as long as the C client has it.
    this.#tables[table].get(path)?.delete(watch);
    await this.#removeIfUnused(familyOf(watch.kind), path);
  }

  /** Removes a path's registration, once nothing waits for it and nothing is about to. */
  async #removeIfUnused(family: Family, path: string): Promise<void> {
    // The C client can only name paths below the chroot.
    if (path === CONFIG_BELOW_CHROOT) return;
    const entries = tablesOf[family].map((table) => this.#tables[table].get(path));
    const isRegistered = entries.some((entry) => entry !== undefined);
    const isUsed = entries.some((entry) => entry !== undefined && entry.size > 0);
    if (!isRegistered || isUsed || this.#expected.has(family + path)) return;

    const rc = await this.#removeWatches(path, watcherType[family]);
    if (rc !== ErrorCode.ZOK && rc !== ErrorCode.ZNOWATCHER) {
      this.#unremoved.set(family + path, [family, path]);
      return;
    }
    for (const table of tablesOf[family]) {
      // A watch that was registered meanwhile has its own registration.
      if (this.#tables[table].get(path)?.size === 0) this.#tables[table].delete(path);
    }
  }
}
