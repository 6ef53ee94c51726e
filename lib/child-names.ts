import type { LargePayload } from './native.js';

/**
 * The names of children, as a reply has them: one behind the other. They become strings of their own only where they are
 * given to the program. Those of a whole batch, made at once, would be many at a time, and the collector would have them
 * outlive their use.
 */
export class ChildNames {
  static readonly none = new ChildNames('', 0);

  readonly #joined: LargePayload;
  readonly #count: number;

  /** @param joined - in UTF-8, with a slash between each two of them, which none of them holds */
  constructor(joined: LargePayload, count: number) {
    this.#joined = joined;
    this.#count = count;
  }

  list(): string[] {
    // An empty list and one empty name look alike, but for the count.
    return this.#count > 0 ? this.#joined.toString().split('/') : [];
  }
}
