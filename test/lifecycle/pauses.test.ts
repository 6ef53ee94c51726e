import { type Conn, connect } from 'libzookeeper';
import { expect, it } from 'vitest';
import { WireStub } from '../../bench/targets/wire-stub.js';

const DEPTH = 256;
const ROUNDS = 10;

/** How long so many gets of so many bytes take, all in flight at once; in ms. */
async function timeOf(conn: Conn, bytes: number): Promise<number> {
  const since = performance.now();
  const replies = await Promise.all(
    Array.from({ length: DEPTH }, () => conn.get(`/bench/data-${bytes}`)),
  );
  const took = performance.now() - since;
  expect(replies.map(({ data }) => data.length)).toEqual(Array(DEPTH).fill(bytes));
  return took;
}

// While the I/O thread pauses for more replies, the socket must not fill up: the server would wait for it, and the pause, which
// goes by what a reply takes, would get longer and longer. Replies of 16 000 bytes took almost twice as long as those of 64 000.
it('replies are not held up by the pauses that gather them, however large they are', async () => {
  const stub = await WireStub.start();
  try {
    const conn = await connect(stub.address);
    const took = new Map([4000, 8000, 16_000, 64_000].map((bytes) => [bytes, [] as number[]]));
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [bytes, times] of took) times.push(await timeOf(conn, bytes));
    }
    await conn.close();
    // What else the machine does can only add to it.
    const [of4000, of8000, of16000, of64000] = [...took.values()].map((times) =>
      Math.min(...times),
    ) as [number, number, number, number];
    expect(Math.max(of4000, of8000, of16000)).toBeLessThan(of64000);
  } finally {
    await stub.stop();
  }
});
