import { throwLater } from '../throw-later.js';

/** Calls back when every promise continuation that is due has run, those that they make due included. */
export function afterContinuations(callback: () => void): void {
  queueMicrotask(() => process.nextTick(callback));
}

/**
 * Runs the program's own code in turns, one after the other: before the next begins, all has run that the last one made due.
 * So the original calls back; a reply and what follows it in the program are not torn apart by the next reply, though both
 * came at once.
 */
export class Turns {
  #waiting: (() => unknown)[] = [];
  /** Where the waiting ones begin. */
  #first = 0;
  #isRunning = false;

  /** Whether a turn is under way: its own code, or what that made due. */
  get isRunning(): boolean {
    return this.#isRunning;
  }

  /** Runs a turn, at once when none is under way. */
  add(turn: () => unknown): void {
    this.#waiting.push(turn);
    if (!this.#isRunning) this.#next();
  }

  #next(): void {
    const turn = this.#waiting[this.#first];
    this.#isRunning = turn !== undefined;
    if (turn === undefined) {
      this.#waiting = [];
      this.#first = 0;
      return;
    }
    this.#first += 1;
    run(turn);
    afterContinuations(() => this.#next());
  }
}

/** Runs the program's own code: what it throws is its own error, and stops nobody else. */
export function run(code: () => unknown): void {
  try {
    code();
  } catch (error) {
    throwLater(error);
  }
}
