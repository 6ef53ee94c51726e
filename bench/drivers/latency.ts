import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Client } from './client.js';
import { runPipeline } from './pipeline.js';
import type { Message, Task } from './task.js';

/** More than any client answers while measuring. */
const MOST_TIMES = 8 * 1024 * 1024;

/** How often the event loop is looked at, in milliseconds; the least that there is. */
const RESOLUTION = 1;

/** How long single requests take, and for how long other work would have had to wait for the event loop. */
export async function runLatency(clients: readonly Client[], task: Task): Promise<Message> {
  const times = new Float32Array(MOST_TIMES);
  const loopDelay = monitorEventLoopDelay({ resolution: RESOLUTION });
  let count = 0;
  const running = runPipeline(clients, task, {
    needsTimes: true,
    onBegin: () => {
      loopDelay.enable();
    },
    onAnswer: (started) => {
      if (count === MOST_TIMES) return;
      times[count] = performance.now() - started;
      count += 1;
    },
    onEnd: () => {
      loopDelay.disable();
    },
  });
  if (typeof running === 'string') return { event: 'unsupported', why: running };
  await running;
  const sorted = times.subarray(0, count).sort();
  const percentile = (share: number): number =>
    1000 * (sorted[Math.min(count - 1, Math.floor(share * count))] as number);
  return {
    event: 'result',
    p50: percentile(0.5),
    p99: percentile(0.99),
    // The histogram holds times between two looks, of which the resolution is no delay.
    loopDelayP99: Math.max(0, loopDelay.percentile(99) / 1e6 - RESOLUTION),
  };
}
