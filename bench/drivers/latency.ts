import { createHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import type { Client } from './client.js';
import { runPipeline } from './pipeline.js';
import type { Message, Task } from './task.js';

/** How often the event loop is looked at, in milliseconds; the least that there is. */
const RESOLUTION = 1;

/** How long single requests take, and for how long other work would have had to wait for the event loop. */
export async function runLatency(clients: readonly Client[], task: Task): Promise<Message> {
  // Of a few KiB, however many there are: tens of megabytes would be V8's concern, and have it collect more.
  const times = createHistogram({ figures: 3 });
  const loopDelay = monitorEventLoopDelay({ resolution: RESOLUTION });
  const running = runPipeline(clients, task, {
    needsTimes: true,
    onBegin: () => {
      loopDelay.enable();
    },
    onAnswer: (started) => {
      times.record(Math.max(1, Math.round(1e6 * (performance.now() - started))));
    },
    onEnd: () => {
      loopDelay.disable();
    },
  });
  if (typeof running === 'string') return { event: 'unsupported', why: running };
  await running;
  return {
    event: 'result',
    p50: times.percentile(50) / 1000,
    p99: times.percentile(99) / 1000,
    // The histogram holds times between two looks, of which the resolution is no delay.
    loopDelayP99: Math.max(0, loopDelay.percentile(99) / 1e6 - RESOLUTION),
  };
}
