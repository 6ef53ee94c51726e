import { setTimeout as sleep } from 'node:timers/promises';
import { patiently } from './patience.js';

/**
 * Waits until `condition` gives something true, and resolves to that. For facts that no event
 * announces, such as what a server counts.
 *
 * @returns rejects after `timeout` ms (`patience.ts`), with the last error that `condition` threw as the cause
 */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  options: { timeout?: number; interval?: number; what?: string } = {},
): Promise<T> {
  const { interval = 10, what = String(condition) } = options;
  const timeout = patiently(options.timeout ?? 10_000);
  const deadline = performance.now() + timeout;
  for (;;) {
    let cause: unknown;
    try {
      const value = await condition();
      if (value) return value;
    } catch (error) {
      cause = error;
    }
    if (performance.now() >= deadline) {
      throw new Error(`not within ${timeout} ms: ${what}`, { cause });
    }
    await sleep(interval);
  }
}
