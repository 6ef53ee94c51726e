/** The callbacks of each signal: one listener serves them all, however many operations share the signal. */
const callbacksOf = new WeakMap<AbortSignal, Set<() => void>>();

function callbacks(signal: AbortSignal): Set<() => void> {
  const known = callbacksOf.get(signal);
  if (known !== undefined) return known;
  const made = new Set<() => void>();
  callbacksOf.set(signal, made);
  signal.addEventListener(
    'abort',
    () => {
      for (const callback of made) callback();
      made.clear();
    },
    { once: true },
  );
  return made;
}

/**
 * Calls back when a signal aborts. A program's one signal for its shutdown may be given to thousands of operations, for
 * which Node.js would suspect a leak of listeners.
 *
 * @returns takes the callback back
 */
export function onAbort(signal: AbortSignal | undefined, callback: () => void): () => void {
  if (signal === undefined) return () => {};
  const all = callbacks(signal);
  all.add(callback);
  return () => all.delete(callback);
}
