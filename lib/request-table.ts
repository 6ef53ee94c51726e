import type { Request } from './requests.js';

/** A power of two, as all that are larger. */
const LEAST_CAPACITY = 64;

/**
 * Requests by id, in the order of the ids that it gives out.
 *
 * Not a Map: one that is filled and emptied all the time moves to another table every few hundred requests, and V8 links each
 * that it leaves to the next. Once one of them is old enough not to be looked at by each collection, all that came after it
 * are kept alive, with the requests that were in them and what those came to, until the next collection of the whole heap.
 */
export class RequestTable {
  /** A request is at its id modulo the capacity. */
  #requests: (Request | undefined)[] = emptyTable(LEAST_CAPACITY);
  #ids = new Uint32Array(LEAST_CAPACITY);
  #lastId: number;
  #size = 0;

  /** @param lastId - the id in front of the first */
  constructor(lastId = 0) {
    this.#lastId = lastId;
  }

  /** How many requests are in it. */
  get size(): number {
    return this.#size;
  }

  /** An id that no request in it has: an integer of 32 bits, without a sign. */
  nextId(): number {
    if (2 * this.#size >= this.#requests.length) this.#grow();
    do {
      this.#lastId = (this.#lastId + 1) >>> 0;
    } while (this.#requests[this.#slotOf(this.#lastId)] !== undefined);
    return this.#lastId;
  }

  /** Puts a request in, under the id that {@link nextId} gave last. */
  add(id: number, request: Request): void {
    this.#put(id, request);
    this.#size += 1;
  }

  /** Takes a request out; undefined when there is none of that id. */
  take(id: number): Request | undefined {
    const slot = this.#slotOf(id);
    const request = this.#ids[slot] === id ? this.#requests[slot] : undefined;
    if (request === undefined) return undefined;
    this.#requests[slot] = undefined;
    this.#size -= 1;
    return request;
  }

  /** Takes all out, the oldest first. */
  takeAll(): Request[] {
    const taken: Request[] = [];
    for (const [slot, request] of this.#fromOldest()) {
      this.#requests[slot] = undefined;
      taken.push(request);
    }
    this.#size = 0;
    return taken;
  }

  #slotOf(id: number): number {
    return id & (this.#requests.length - 1);
  }

  #put(id: number, request: Request): void {
    const slot = this.#slotOf(id);
    this.#requests[slot] = request;
    this.#ids[slot] = id;
  }

  #fromOldest(): [slot: number, Request][] {
    // Ids begin anew at 0 behind the largest.
    const age = (slot: number): number => (this.#lastId - (this.#ids[slot] as number)) >>> 0;
    return [...this.#requests.entries()]
      .filter((entry): entry is [number, Request] => entry[1] !== undefined)
      .sort(([a], [b]) => age(b) - age(a));
  }

  #grow(): void {
    const [requests, ids] = [this.#requests, this.#ids];
    this.#requests = emptyTable(2 * requests.length);
    this.#ids = new Uint32Array(2 * requests.length);
    for (const [slot, request] of requests.entries()) {
      // No two of them meet: they would have met in the smaller table.
      if (request !== undefined) this.#put(ids[slot] as number, request);
    }
  }
}

function emptyTable(capacity: number): (Request | undefined)[] {
  return new Array<Request | undefined>(capacity).fill(undefined);
}
