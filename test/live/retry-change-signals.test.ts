import { describe, expect, it, vi } from 'vitest';
import { newPath, open, openThroughProxy } from '../support/connections.js';
import { startServer } from '../support/server.js';
import { waitFor } from '../support/wait-for.js';

const server = await startServer();

describe('retryChange with a signal', () => {
  const reason = new Error('enough');

  it('that has aborted rejects with its reason, and never calls change', async () => {
    const conn = await open(server.address);
    const path = newPath();
    const change = vi.fn(() => 'new');
    const signal = AbortSignal.abort(reason);
    await expect(conn.retryChange(path, change, { signal })).rejects.toBe(reason);
    expect(change).not.toHaveBeenCalled();
    expect(await conn.exists(path)).toBeNull();
  });

  it('that aborts while it reads rejects at once, and never calls change', async () => {
    const { conn, proxy } = await openThroughProxy(server.address);
    const path = newPath();
    const change = vi.fn(() => 'new');
    const controller = new AbortController();
    proxy.holdIncoming();
    const changed = conn.retryChange(path, change, { signal: controller.signal });
    changed.catch(() => {});
    await waitFor(() => proxy.pendingIncoming > 0);
    controller.abort(reason);
    await expect(changed).rejects.toBe(reason);
    proxy.releaseIncoming();
    expect(await conn.exists(path)).toBeNull();
    expect(change).not.toHaveBeenCalled();
  });

  it('that aborts during change rejects, and nothing is written', async () => {
    const conn = await open(server.address);
    for (const path of [newPath(), await conn.create(newPath(), 'old')]) {
      const before = await conn.exists(path);
      const controller = new AbortController();
      const change = vi.fn(async () => {
        controller.abort(reason);
        await conn.sync('/');
        return 'new';
      });
      const options = { signal: controller.signal };
      await expect(conn.retryChange(path, change, options)).rejects.toBe(reason);
      await conn.sync('/');
      expect(change).toHaveBeenCalledTimes(1);
      expect(await conn.exists(path)).toEqual(before);
    }
  });

  it('that aborts during a change that never ends rejects all the same', async () => {
    const conn = await open(server.address);
    const controller = new AbortController();
    const change = (): Promise<string> => {
      setImmediate(() => controller.abort(reason));
      return new Promise(() => {});
    };
    const options = { signal: controller.signal };
    await expect(conn.retryChange(newPath(), change, options)).rejects.toBe(reason);
  });

  it('that aborts while it writes rejects at once', async () => {
    const { conn, proxy } = await openThroughProxy(server.address);
    const path = newPath();
    const controller = new AbortController();
    const change = vi.fn(() => {
      proxy.holdIncoming();
      return 'new';
    });
    const changed = conn.retryChange(path, change, { signal: controller.signal });
    changed.catch(() => {});
    await waitFor(() => proxy.pendingIncoming > 0);
    controller.abort(reason);
    await expect(changed).rejects.toBe(reason);
    proxy.releaseIncoming();
    expect((await conn.get(path, { encoding: 'utf8' })).data).toBe('new');
    expect(change).toHaveBeenCalledTimes(1);
  });

  it('that aborts between two rounds ends them', async () => {
    const [conn, other] = [await open(server.address), await open(server.address)];
    const path = await conn.create(newPath(), '0');
    const controller = new AbortController();
    const change = vi.fn(async (old: Buffer) => {
      await other.set(path, `${old}.`);
      if (change.mock.calls.length === 5) controller.abort(reason);
      return 'mine';
    });
    const options = { signal: controller.signal };
    await expect(conn.retryChange(path, change, options)).rejects.toBe(reason);
    expect(change).toHaveBeenCalledTimes(5);
    expect((await conn.get(path, { encoding: 'utf8' })).data).toBe('0.....');
  });
});
