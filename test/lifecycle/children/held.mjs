// What a process holds of the system.
import { readdirSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const count = (directory) => readdirSync(directory).length;

const held = () => ({
  descriptors: count('/proc/self/fd'),
  threads: count('/proc/self/task'),
});

/** Whether a descriptor is that of a file, or gone. */
function isFile(descriptor) {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`).startsWith('/');
  } catch {
    return true;
  }
}

/** Without files: where a worker is terminated while it loads a module, Node.js leaves the module's file open. */
export const heldButFiles = () => ({
  descriptors: readdirSync('/proc/self/fd').filter((descriptor) => !isFile(descriptor)).length,
  threads: count('/proc/self/task'),
});

/** How many descriptors and threads there are, once it stays that way: what was told to end takes a moment. */
export async function heldAtRest(look = held) {
  let last = JSON.stringify(look());
  for (let calm = 0; calm < 5; ) {
    await sleep(20);
    const now = JSON.stringify(look());
    calm = now === last ? calm + 1 : 0;
    last = now;
  }
  return JSON.parse(last);
}
