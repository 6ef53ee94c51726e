// What a process holds of the system.
import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const count = (directory) => readdirSync(directory).length;

const held = () => ({
  descriptors: count('/proc/self/fd'),
  threads: count('/proc/self/task'),
});

/** How many descriptors and threads there are, once it stays that way: what was told to end takes a moment. */
export async function heldAtRest() {
  let last = JSON.stringify(held());
  for (let calm = 0; calm < 5; ) {
    await sleep(20);
    const now = JSON.stringify(held());
    calm = now === last ? calm + 1 : 0;
    last = now;
  }
  return JSON.parse(last);
}
