import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from './random.js';
import type { TcpProxy } from './tcp-proxy.js';

/** What may befall a link at a moment. TCP loses nothing: what a bad link does is stall, slow down, and break. */
const mishaps: readonly ((proxy: TcpProxy, random: Random) => Promise<void> | void)[] = [
  (proxy) => proxy.cut(),
  async (proxy, random) => {
    proxy.holdIncoming();
    await sleep(random.integer(5, 150));
    proxy.releaseIncoming();
  },
  async (proxy, random) => {
    proxy.holdOutgoing();
    await sleep(random.integer(5, 150));
    proxy.releaseOutgoing();
  },
  (proxy, random) => proxy.delay(random.integer(0, 20)),
  (proxy, random) => proxy.halfClose(random.pick(['incoming', 'outgoing'])),
  async (proxy, random) => {
    proxy.refuse();
    proxy.cut();
    await sleep(random.integer(5, 150));
    await proxy.accept();
  },
  async (proxy, random) => {
    proxy.blackHole(random.pick(['incoming', 'outgoing']));
    await sleep(random.integer(5, 150));
    await proxy.restore();
  },
];

/** Has a link misbehave for so many milliseconds; then it works again. */
export async function misbehave(proxy: TcpProxy, random: Random, duration: number): Promise<void> {
  const end = performance.now() + duration;
  while (performance.now() < end) {
    await random.pick(mishaps)(proxy, random);
    await sleep(random.integer(1, 60));
  }
  await proxy.restore();
}
