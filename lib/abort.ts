/** What waits for a signal: one listener serves all callbacks, however many operations share the signal. */
interface Waiting {
  readonly callbacks: Set<() => void>;
  readonly listener: () => void;
}

const waitingFor = new WeakMap<AbortSignal, Waiting>();

function listen(signal: AbortSignal): Waiting {
  const callbacks = new Set<() => void>();
  const listener = (): void => {
    waitingFor.delete(signal);
    for (const callback of callbacks) callback();
  };
  signal.addEventListener('abort', listener, { once: true });
  const waiting = { callbacks, listener };
  waitingFor.set(signal, waiting);
  return waiting;
}

/**
 * Calls back when a signal aborts. A program's one signal for its shutdown may be given to thousands of operations, for
 * which Node.js would suspect a leak of listeners; and a signal that nothing waits for any more has no listener, since
 * Node.js keeps those that have one.
 *
 * @returns takes the callback back
 */
export function onAbort(signal: AbortSignal | undefined, callback: () => void): () => void {
  if (signal === undefined) return () => {};
  const { callbacks, listener } = waitingFor.get(signal) ?? listen(signal);
  callbacks.add(callback);
  return () => {
    if (!callbacks.delete(callback) || callbacks.size > 0) return;
    signal.removeEventListener('abort', listener);
    waitingFor.delete(signal);
  };
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
