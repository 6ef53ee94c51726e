/**
 * Throws what a program's own listener threw, as an uncaught exception, once the current work is done: it is the program's
 * error, and must not keep the rest of a batch from being delivered.
 */
export function throwLater(error: unknown): void {
  process.nextTick(() => {
    throw error;
  });
}
