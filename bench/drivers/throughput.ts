import type { Client } from './client.js';
import { runPipeline } from './pipeline.js';
import type { Message, Task } from './task.js';

/** Operations a second, processor time for each, and how often a thread had to wait for something. */
export async function runThroughput(clients: readonly Client[], task: Task): Promise<Message> {
  let before = process.resourceUsage();
  let after = before;
  const running = runPipeline(clients, task, {
    onBegin: () => {
      before = process.resourceUsage();
    },
    onEnd: () => {
      after = process.resourceUsage();
    },
  });
  if (typeof running === 'string') return { event: 'unsupported', why: running };
  const { answers, seconds } = await running;
  const cpu = after.userCPUTime + after.systemCPUTime - before.userCPUTime - before.systemCPUTime;
  const waits = after.voluntaryContextSwitches - before.voluntaryContextSwitches;
  return {
    event: 'result',
    opsPerSecond: answers / seconds,
    cpuPerOp: cpu / answers,
    waitsPerOp: waits / answers,
  };
}
