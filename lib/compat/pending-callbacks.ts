import { codeText } from './code-text.js';
import { run, type Turns } from './turns.js';

/** A callback with any arguments. */
export type Callback = (...values: never[]) => unknown;

/** A callback that waits for its reply. */
interface Pending {
  readonly callback: Callback;
  /** What it is given behind the code and its text when there is no result. */
  readonly failure: readonly unknown[];
}

/** What settles one callback. */
export interface Settlement {
  /** Calls it, when its turn comes: with a result if there is one. */
  settle(rc: number, result?: readonly unknown[]): void;
  /** Has it not called. */
  forget(): void;
}

/** The callbacks of one session that were not called yet; each is called once. */
export class PendingCallbacks {
  readonly #all = new Set<Pending>();
  readonly #turns: Turns;

  constructor(turns: Turns) {
    this.#turns = turns;
  }

  /** Has a callback wait. */
  add(callback: Callback, failure: readonly unknown[]): Settlement {
    const pending = { callback, failure };
    this.#all.add(pending);
    return {
      settle: (rc, result) => this.#turns.add(() => this.#settle(pending, rc, result)),
      forget: () => this.#all.delete(pending),
    };
  }

  /** Calls all that wait, at once, with one code. */
  failAll(rc: number): void {
    for (const pending of [...this.#all]) run(() => this.#settle(pending, rc));
  }

  #settle(pending: Pending, rc: number, result = pending.failure): void {
    if (!this.#all.delete(pending)) return;
    Reflect.apply(pending.callback, globalThis, [rc, codeText(rc), ...result]);
  }
}
