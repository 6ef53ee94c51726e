import { CONFIG_NODE } from './config.js';
import { EventType } from './constants.js';
import { ErrorCode } from './error-code.js';
import { ZooKeeperEvent } from './event.js';
import { PendingWatch, type WatchGroup, type WatchKind } from './watch.js';
import { WatchTable } from './watch-table.js';

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

/**
 * Stands for the ensemble's configuration in the tables of a connection with a chroot: no path below the chroot is the one
 * of its node. Its events come without a path.
 */
export const CONFIG_BELOW_CHROOT = '';

interface Group extends WatchGroup {
  readonly table: Table;
}

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
  readonly #tables: Readonly<Record<Table, WatchTable>> = {
    data: new WatchTable(),
    exist: new WatchTable(),
    child: new WatchTable(),
  };
  /** What a registration joins whose node is there. */
  readonly #groups: Readonly<Record<WatchKind, Group>> = {
    data: this.#group('data', 'data'),
    exists: this.#group('exists', 'data'),
    children: this.#group('children', 'child'),
  };
  /** What one joins that asked whether the node exists, and was told that it does not. */
  readonly #absent = this.#group('exists', 'exist');
  /** How many registrations of a path have no reply yet: what is removed now would take them along. */
  readonly #expected: Readonly<Record<Family, Map<string, number>>> = {
    data: new Map(),
    child: new Map(),
  };
  /** What could not be removed, for want of a connection. By family and path. */
  readonly #unremoved = new Map<string, readonly [Family, string]>();
  readonly #removeWatches: RemoveWatches;

  constructor(removeWatches: RemoveWatches) {
    this.#removeWatches = removeWatches;
  }

  /** A registration is on its way. */
  expect(kind: WatchKind, path: string): void {
    const expected = this.#expected[familyOf(kind)];
    expected.set(path, (expected.get(path) ?? 0) + 1);
  }

  /** A registration's reply has come, or never will. @returns the watch, if the reply made one */
  settle(kind: WatchKind, path: string, rc: number): PendingWatch | undefined {
    const family = familyOf(kind);
    const expected = this.#expected[family];
    const left = (expected.get(path) ?? 1) - 1;
    if (left > 0) expected.set(path, left);
    else expected.delete(path);

    const group = this.#groupJoined(kind, rc);
    if (group === undefined) {
      void this.#removeIfUnused(family, path);
      return undefined;
    }
    const { table } = group;
    const watch =
      path === CONFIG_BELOW_CHROOT
        ? new PendingWatch(CONFIG_NODE, this.#group(kind, table, path))
        : new PendingWatch(path, group);
    this.#tables[table].add(path, watch);
    return watch;
  }

  /** Gives an event to every watch that waits for it, and forgets them. */
  fire(event: ZooKeeperEvent): void {
    for (const table of consumedBy.get(event.type) ?? []) {
      for (const watch of this.#tables[table].take(event.path)) {
        // The program is told the path that it knows.
        const { type, state, path } = event;
        watch.fire(path === watch.path ? event : new ZooKeeperEvent(type, state, watch.path));
      }
    }
  }

  /** Ends every watch: with an event when the session ended, without one when the connection was closed. */
  endAll(event?: ZooKeeperEvent): void {
    for (const table of Object.values(this.#tables)) {
      for (const watch of table.takeAll()) {
        if (event === undefined) watch.end();
        else watch.fire(event);
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

  /** @param path - where it is not the watch's own */
  #group(kind: WatchKind, table: Table, path?: string): Group {
    return {
      kind,
      table,
      remove: (watch) => this.#remove(watch, table, path ?? watch.path),
    };
  }

  /** What a registration joins, by the code of its reply; undefined for nothing. */
  #groupJoined(kind: WatchKind, rc: number): Group | undefined {
    if (rc === ErrorCode.ZOK) return this.#groups[kind];
    return kind === 'exists' && rc === ErrorCode.ZNONODE ? this.#absent : undefined;
  }

  async #remove(watch: PendingWatch, table: Table, path: string): Promise<void> {
    this.#tables[table].remove(path, watch);
    await this.#removeIfUnused(familyOf(watch.kind), path);
  }

  /** Removes a path's registration, once nothing waits for it and nothing is about to. */
  async #removeIfUnused(family: Family, path: string): Promise<void> {
    // The C client can only name paths below the chroot.
    if (path === CONFIG_BELOW_CHROOT) return;
    const tables = tablesOf[family].map((table) => this.#tables[table]);
    const isRegistered = tables.some((table) => table.has(path));
    const isWanted = tables.some((table) => table.isWanted(path));
    if (!isRegistered || isWanted || this.#expected[family].has(path)) return;

    const rc = await this.#removeWatches(path, watcherType[family]);
    if (rc !== ErrorCode.ZOK && rc !== ErrorCode.ZNOWATCHER) {
      this.#unremoved.set(family + path, [family, path]);
      return;
    }
    for (const table of tables) {
      // A watch that was registered meanwhile has its own registration.
      if (!table.isWanted(path)) table.take(path);
    }
  }
}
