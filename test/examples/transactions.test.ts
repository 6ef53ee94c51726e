import { expect, it } from 'vitest';
import { open } from '../support/connections.js';
import { runPage } from '../support/page.js';
import { startServer } from '../support/server.js';

it('the page on transactions is a program that works, and prints what its comments say', async () => {
  const { address } = await startServer();
  const { printed, announced, stderr } = await runPage('transactions.md', address);
  expect(announced.length).toBeGreaterThan(5);
  expect(printed).toEqual(announced);
  expect(stderr).toBe('');
  const conn = await open(address);
  expect((await conn.children('/')).children).toEqual(['zookeeper']);
});
