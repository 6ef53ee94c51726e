import type { PendingWatch } from './watch.js';

/**
 * What waits for one path: nearly always one watch, which then is the entry itself, since there may be a million of them;
 * undefined once all were cancelled.
 */
type Entry = PendingWatch | Set<PendingWatch> | undefined;

function* watchesOf(entry: Entry): Iterable<PendingWatch> {
  if (entry instanceof Set) yield* entry;
  else if (entry !== undefined) yield entry;
}

/** The image of one of the C client's tables of watches: it has an entry for a path for as long as the C client has one. */
export class WatchTable {
  readonly #entries = new Map<string, Entry>();

  /** Whether the C client has an entry for a path, wanted or not. */
  has(path: string): boolean {
    return this.#entries.has(path);
  }

  /** Whether a watch waits for a path. */
  isWanted(path: string): boolean {
    return this.#entries.get(path) !== undefined;
  }

  add(path: string, watch: PendingWatch): void {
    const entry = this.#entries.get(path);
    if (entry === undefined) this.#entries.set(path, watch);
    else if (entry instanceof Set) entry.add(watch);
    else this.#entries.set(path, new Set([entry, watch]));
  }

  /** Takes a watch out. The entry stays, if need be with nothing in it. */
  remove(path: string, watch: PendingWatch): void {
    const entry = this.#entries.get(path);
    if (entry instanceof Set) entry.delete(watch);
    if (entry === watch || (entry instanceof Set && entry.size === 0)) {
      this.#entries.set(path, undefined);
    }
  }

  /** Takes a path's entry out. @returns what waited for it */
  take(path: string): Iterable<PendingWatch> {
    const entry = this.#entries.get(path);
    this.#entries.delete(path);
    return watchesOf(entry);
  }

  /** Takes everything out. @returns what was in it */
  *takeAll(): Iterable<PendingWatch> {
    const entries = [...this.#entries.values()];
    this.#entries.clear();
    for (const entry of entries) yield* watchesOf(entry);
  }
}
