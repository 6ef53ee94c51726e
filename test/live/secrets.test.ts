import { inspect } from 'node:util';
import { LogLevel, setLogLevel } from 'libzookeeper';
import { afterAll, expect, it } from 'vitest';
import { open } from '../support/connections.js';
import { startServer } from '../support/server.js';

const SECRET = 'correct-horse-battery-staple';

afterAll(() => setLogLevel(LogLevel.OFF));

it('no credential shows in a line of the log, in an error, or in what is inspected', async () => {
  const server = await startServer();
  const said: string[] = [];
  const note = (...words: unknown[]): void => {
    said.push(inspect(words));
  };
  setLogLevel(LogLevel.DEBUG);
  const conn = await open(server.address, {
    auth: [{ scheme: 'digest', cert: `first:${SECRET}` }],
    logger: { error: note, warn: note, info: note, debug: note },
  });
  await conn.addAuth('digest', `second:${SECRET}`);
  said.push(inspect(conn, { depth: 8, showHidden: true }), inspect(conn.clientId.id));
  const refused: unknown = await conn.addAuth('nobody', SECRET).catch((error: unknown) => error);
  said.push(inspect(refused, { depth: 8, showHidden: true }));
  const wrong: unknown = await open(server.address, {
    auth: [{ scheme: 'digest', cert: `${SECRET}\ud800` }],
  }).catch((error: unknown) => error);
  said.push(inspect(wrong, { depth: 8, showHidden: true }));

  expect(said.length).toBeGreaterThan(20);
  expect(said.filter((line) => line.includes(SECRET))).toEqual([]);
});
