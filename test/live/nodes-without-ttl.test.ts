import { CreateFlag } from 'libzookeeper';
import { describe, expect, it } from 'vitest';
import { newPath, open } from '../support/connections.js';
import { startServer } from '../support/server.js';

const server = await startServer({ zooCfg: { extendedTypesEnabled: false } });

describe('a server without extended types, as it comes,', () => {
  it.each(['create', 'createWithStat'] as const)(
    'refuses a node with a time to live: %s rejects with ZUNIMPLEMENTED',
    async (method) => {
      const conn = await open(server.address);
      const path = newPath();
      for (const flags of [
        CreateFlag.PERSISTENT_WITH_TTL,
        CreateFlag.PERSISTENT_SEQUENTIAL_WITH_TTL,
      ]) {
        await expect(conn[method](path, '', { flags, ttl: 1000 })).rejects.toMatchObject({
          code: 'ZUNIMPLEMENTED',
          path,
        });
      }
      expect(await conn.exists(path)).toBeNull();
    },
  );

  it('takes containers all the same', async () => {
    const conn = await open(server.address);
    const path = newPath();
    const { stat } = await conn.createWithStat(path, 'x', { flags: CreateFlag.CONTAINER });
    expect(stat).toEqual(await conn.exists(path));
  });
});
