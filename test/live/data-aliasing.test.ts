import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { newPath, open } from '../support/connections.js';
import { startServer } from '../support/server.js';

const server = await startServer();

/** Nodes of several sizes, as they cross to JavaScript in several ways. */
const SIZES = [0, 1, 16, 100, 1000, 8192, 8193, 100_000];

async function createNodes() {
  const conn = await open(server.address);
  const nodes = SIZES.map((size) => ({ path: newPath(), bytes: randomBytes(size) }));
  for (const { path, bytes } of nodes) await conn.create(path, bytes);
  return { conn, nodes };
}

describe('a Buffer that was returned', () => {
  it('stays as it is through many more operations', async () => {
    const { conn, nodes } = await createNodes();
    const kept = await Promise.all(nodes.map(({ path }) => conn.get(path)));
    const noise = newPath();
    await conn.create(noise);
    for (let round = 0; round < 10; round += 1) {
      await Promise.all([
        ...nodes.map(({ path, bytes }) => conn.set(path, Buffer.alloc(bytes.length, round))),
        ...Array.from({ length: 50 }, () => conn.set(noise, randomBytes(200))),
        ...Array.from({ length: 50 }, () => conn.get(noise)),
        ...nodes.map(({ path }) => conn.get(path)),
      ]);
    }
    for (const [index, { data }] of kept.entries()) {
      expect(data.equals(nodes[index]?.bytes ?? Buffer.from('?'))).toBe(true);
    }
  });

  it("is the caller's: writing into it changes no other result, read before or after", async () => {
    const { conn, nodes } = await createNodes();
    const twice = [...nodes, ...nodes];
    const results = await Promise.all(twice.map(({ path }) => conn.get(path)));
    const children = conn.children('/');
    for (const [index, { data }] of results.entries()) {
      expect(data.equals(twice[index]?.bytes ?? Buffer.from('?'))).toBe(true);
      data.fill(0xee);
    }
    expect((await children).children).toContain('zookeeper');
    for (const { path, bytes } of nodes) {
      expect((await conn.get(path)).data.equals(bytes)).toBe(true);
    }
  });

  it('shares no memory with what was written, nor with the change of a retryChange', async () => {
    const { conn, nodes } = await createNodes();
    for (const { path, bytes } of nodes) {
      const original = Buffer.from(bytes);
      let seen: Buffer | undefined;
      await conn.retryChange(path, (old) => {
        seen = old;
        return bytes;
      });
      seen?.fill(0xee);
      bytes.fill(0xdd);
      expect((await conn.get(path)).data.equals(original)).toBe(true);
    }
  });

  it('pins no more than some tens of KiB, however small it is', async () => {
    const { conn, nodes } = await createNodes();
    const { path } = nodes[2] ?? { path: '' };
    const results = await Promise.all(Array.from({ length: 2000 }, () => conn.get(path)));
    const pinned = results.map(({ data }) => data.buffer.byteLength);
    expect(Math.max(...pinned)).toBeLessThanOrEqual(64 * 1024);
  });
});
