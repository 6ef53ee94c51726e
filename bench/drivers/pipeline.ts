import type { Client } from './client.js';
import type { Task } from './task.js';

/** How many answers lie between two looks at the clock. */
const ANSWERS_PER_LOOK = 64;

/** What happens when measuring begins, for each answer while it goes on, and when it ends. */
export interface Observer {
  onBegin(): void;
  /** @param started - when the request was made; of use with {@link Observer.needsTimes} only */
  onAnswer?(started: number): void;
  onEnd(): void;
  readonly needsTimes?: boolean;
}

/** How much was measured. */
export interface Measured {
  readonly answers: number;
  readonly seconds: number;
}

/**
 * Keeps so many requests in flight: each answer makes the next request, first to warm up, then measured, until the time is
 * over and the last is answered. A string says why the client cannot.
 */
export function runPipeline(
  clients: readonly Client[],
  task: Task,
  observer: Observer,
): Promise<Measured> | string {
  const data = Buffer.alloc(task.size, 'x');
  const { operation, path, depth } = task;
  const { needsTimes = false } = observer;
  const answersPerLook = depth < ANSWERS_PER_LOOK ? 1 : ANSWERS_PER_LOOK;
  const starts: (() => void)[] = [];
  let untilLook = answersPerLook;
  let answers = 0;
  let inFlight = depth;
  let phase: 'warm-up' | 'measure' | 'over' = 'warm-up';
  let began = performance.now();
  let measured: Measured = { answers: 0, seconds: 0 };
  let resolve: (measured: Measured) => void = () => {};
  let reject: (reason: unknown) => void = () => {};

  const look = (): void => {
    untilLook = answersPerLook;
    const now = performance.now();
    if (phase === 'warm-up' && now - began >= task.warmUp) {
      phase = 'measure';
      answers = 0;
      observer.onBegin();
      began = performance.now();
    } else if (phase === 'measure' && now - began >= task.duration) {
      phase = 'over';
      measured = { answers, seconds: (now - began) / 1000 };
      observer.onEnd();
    }
  };

  for (let slot = 0; slot < depth; slot += 1) {
    let started = 0;
    const callbacks = {
      done: () => {
        answers += 1;
        if (phase === 'measure') observer.onAnswer?.(started);
        untilLook -= 1;
        if (untilLook === 0) look();
        if (phase === 'over') {
          inFlight -= 1;
          if (inFlight === 0) resolve(measured);
          return;
        }
        next();
      },
      fail: (reason: unknown) => reject(reason),
    };
    const client = clients[slot % clients.length] as Client;
    const start = client.requester({ operation, path, data }, callbacks);
    if (typeof start === 'string') return start;
    const next = (): void => {
      if (needsTimes) started = performance.now();
      start();
    };
    starts.push(next);
  }
  return new Promise((settle, fail) => {
    resolve = settle;
    reject = fail;
    for (const start of starts) start();
  });
}
