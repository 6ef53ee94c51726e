import { ZooKeeperError } from 'libzookeeper';

/** What became of one call. */
export type Outcome<T> =
  | { readonly kind: 'done'; readonly value: T }
  /** The error says that the change was not made. */
  | { readonly kind: 'refused'; readonly error: ZooKeeperError }
  /** The error says that nobody knows. */
  | { readonly kind: 'unknown'; readonly error: ZooKeeperError };

/** Counts calls, and what became of them: each has to settle, once, with an answer or with a ZooKeeperError. */
export class Calls {
  started = 0;
  resolved = 0;
  rejected = 0;
  /** Of those that were rejected, by code. */
  readonly codes = new Map<string, number>();

  get pending(): number {
    return this.started - this.resolved - this.rejected;
  }

  async make<T>(call: () => Promise<T>): Promise<Outcome<T>> {
    this.started += 1;
    try {
      const value = await call();
      this.resolved += 1;
      return { kind: 'done', value };
    } catch (error) {
      this.rejected += 1;
      if (!(error instanceof ZooKeeperError)) throw error;
      this.codes.set(error.code, (this.codes.get(error.code) ?? 0) + 1);
      return { kind: error.outcomeUnknown ? 'unknown' : 'refused', error };
    }
  }
}
