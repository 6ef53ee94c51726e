import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * The range that free ports are looked for in. It lies below those that the systems hand out to
 * outgoing connections: one of them could take the port of a server that is stopped for a while,
 * or even, connecting to just that port, connect to itself.
 */
const FIRST = 20_000;
const LAST = 32_767;

/** Ports that this process has picked, since they need not be in use yet. */
const picked = new Set<number>();

/** Picks a TCP port on 127.0.0.1 that is free at the moment. */
export async function pickFreePort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST + 1));
    if (picked.has(port)) continue;
    picked.add(port);
    if (await isFree(port)) return port;
    picked.delete(port);
  }
  throw new Error(`no free TCP port found between ${FIRST} and ${LAST} on 127.0.0.1`);
}

/**
 * Waits until nothing listens on `port` of 127.0.0.1, for `patience` ms at most: of a server that
 * was just killed, the last thread may hold it for an instant.
 */
export async function waitUntilFree(port: number, patience: number): Promise<boolean> {
  const deadline = performance.now() + patience;
  while (!(await isFree(port))) {
    if (performance.now() >= deadline) return false;
    await sleep(20);
  }
  return true;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const listener = createServer();
    listener.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(new Error(`cannot listen on 127.0.0.1:${port}: ${error.message}`));
    });
    listener.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      listener.close(() => resolve(true));
    });
  });
}
