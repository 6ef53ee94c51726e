import { Session } from 'node:inspector/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Callbacks, Client } from './client.js';
import { type Message, say, type Task } from './task.js';

/** The first is the one that is looked at. */
type Clients = readonly [Client, ...Client[]];

/** How many requests a client has answered before its memory is looked at: what it takes once is not the watches'. */
const REQUESTS_BEFORE = 20_000;

/** Does something so often, so many at a time. */
function repeat(
  count: number,
  depth: number,
  start: (number: number, callbacks: Callbacks) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let next = 0;
    let answered = 0;
    const callbacks = {
      done: () => {
        answered += 1;
        if (next < count) start(next++, callbacks);
        else if (answered === count) resolve();
      },
      fail: reject,
    };
    while (next < Math.min(depth, count)) start(next++, callbacks);
  });
}

/** Sets existence watches on nodes that are not there. */
function setWatches(client: Client, { path, count, depth }: Task): Promise<void> {
  return repeat(count, depth, (number, callbacks) => {
    client.watch(path + String(number).padStart(7, '0'), callbacks);
  });
}

const lookAtRoot = { operation: 'exists', path: '/', data: Buffer.alloc(0) } as const;

function exists(client: Client, callbacks: Callbacks): void {
  const start = client.requester(lookAtRoot, callbacks);
  if (typeof start === 'string') throw new Error(start);
  start();
}

/** How long V8 may take to hand freed pages back, which it does on threads of its own; in milliseconds. */
const HAND_BACK = 300;

/**
 * What is resident when all garbage is gone, and V8 has let go of what it keeps for more of it: up to 48 MiB, however many
 * watches there are. It does so by itself after some seconds of rest; and at once when it is told that memory is low, which is
 * what this call of the inspector does.
 */
async function memory(): Promise<{ readonly resident: number; readonly heap: number }> {
  const session = new Session();
  session.connect();
  // Twice, since what finalizers let go of is collected by the next.
  await session.post('HeapProfiler.collectGarbage');
  await session.post('HeapProfiler.collectGarbage');
  session.disconnect();
  await sleep(HAND_BACK);
  return { resident: process.memoryUsage.rss(), heap: process.memoryUsage().heapUsed };
}

/** The memory that each watch takes: resident in the whole process, and the part of it that is JavaScript's. */
export async function runWatchMemory([client]: Clients, task: Task): Promise<Message> {
  await repeat(REQUESTS_BEFORE, task.depth, (_, callbacks) => exists(client, callbacks));
  const before = await memory();
  await setWatches(client, task);
  const after = await memory();
  return {
    event: 'result',
    bytesPerWatch: (after.resident - before.resident) / task.count,
    heapBytesPerWatch: (after.heap - before.heap) / task.count,
  };
}

/** Sets watches, says so, and says when the first request after a reconnection was answered, which is behind the watches. */
export async function runWatchReturn([client]: Clients, task: Task): Promise<Message> {
  await setWatches(client, task);
  const reconnected = client.reconnected();
  say({ event: 'watching' });
  await reconnected;
  for (;;) {
    const isAnswered = await new Promise<boolean>((resolve) => {
      exists(client, { done: () => resolve(true), fail: () => resolve(false) });
    });
    if (isAnswered) return { event: 'result' };
    // The connection was lost again; whoever runs us knows how long is too long.
    await new Promise((resolve) => setImmediate(resolve));
  }
}
