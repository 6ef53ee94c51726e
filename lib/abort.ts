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

/**
 * What a promise comes to, unless the signal aborts first.
 *
 * @throws the signal's reason, when it aborts; what the promise comes to then is nobody's concern
 */
export function untilAbort<T>(signal: AbortSignal | undefined, result: T | Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stopListening = onAbort(signal, () => reject(signal?.reason));
    Promise.resolve(result).then(resolve, reject).finally(stopListening);
  });
}
