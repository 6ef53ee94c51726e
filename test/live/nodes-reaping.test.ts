import { CreateFlag, EventType } from 'libzookeeper';
import { describe, expect, it } from 'vitest';
import { newPath, open } from '../support/connections.js';
import { startServer } from '../support/server.js';

const server = await startServer({ jvmProperties: { 'znode.container.checkIntervalMs': 500 } });

describe('the server removes', () => {
  it('a container after its last child went, and not before', async () => {
    const conn = await open(server.address);
    const path = newPath();
    await conn.create(path, '', { flags: CreateFlag.CONTAINER });
    await conn.create(`${path}/child`);
    const { watch } = await conn.existsW(path);
    await conn.delete(`${path}/child`);
    expect(await watch.receive()).toMatchObject({ type: EventType.DELETED, path });
    expect(await conn.exists(path)).toBeNull();
  });

  it('a node whose time to live is over, and neither one with a longer one nor a plain one', async () => {
    const conn = await open(server.address);
    const [short, long, plain] = [newPath(), newPath(), newPath()];
    const flags = CreateFlag.PERSISTENT_WITH_TTL;
    await conn.create(short, '', { flags, ttl: 200 });
    await conn.create(long, '', { flags, ttl: 600_000 });
    await conn.create(plain);
    const { watch } = await conn.existsW(short);
    expect(await watch.receive()).toMatchObject({ type: EventType.DELETED, path: short });
    expect(await conn.exists(long)).not.toBeNull();
    expect(await conn.exists(plain)).not.toBeNull();
  });

  it('a sequential node whose time to live is over', async () => {
    const conn = await open(server.address);
    const { path } = await conn.createWithStat(`${newPath()}-`, '', {
      flags: CreateFlag.PERSISTENT_SEQUENTIAL_WITH_TTL,
      ttl: 200,
    });
    expect(path).toMatch(/-\d{10}$/);
    const { watch } = await conn.existsW(path);
    expect(await watch.receive()).toMatchObject({ type: EventType.DELETED, path });
  });
});
