import { readFileSync } from 'node:fs';

/** How often the loop is looked at, in milliseconds. */
const EVERY = 5;

/** Watches over the event loop until {@link EventLoopWatch.stop}. */
export interface EventLoopWatch {
  /** Ends it. @returns the longest time for which the loop stood still, in milliseconds */
  stop(): number;
}

/**
 * Watches how long the event loop stands still. Time for which the thread wanted to run, and others
 * had the processor, does not count: that says how busy the machine is.
 */
export function watchEventLoop(): EventLoopWatch {
  let last = performance.now();
  let lastDelay = runDelay();
  let longest = 0;
  const look = (): void => {
    const now = performance.now();
    const delay = runDelay();
    longest = Math.max(longest, now - last - EVERY - (delay - lastDelay));
    last = now;
    lastDelay = delay;
  };
  const timer = setInterval(look, EVERY);
  return {
    stop() {
      look();
      clearInterval(timer);
      return longest;
    },
  };
}

/** Keeps the event loop from turning, for so many milliseconds. */
export function blockEventLoop(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

/** How long the main thread has waited for a processor so far, in milliseconds; 0 where nobody says. */
function runDelay(): number {
  try {
    const [, waited] = readFileSync('/proc/self/schedstat', 'latin1').split(' ');
    return Number(waited ?? 0) / 1e6;
  } catch {
    return 0;
  }
}
