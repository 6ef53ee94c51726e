import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { open } from '../support/connections.js';
import { startServer } from '../support/server.js';

const root = new URL('../../', import.meta.url);
const page = readFileSync(new URL('docs/transactions.md', root), 'utf8');

it('the page on transactions is a program that works, and prints what its comments say', async () => {
  const { address } = await startServer();
  const code = [...page.matchAll(/^```js\n(.*?)^```$/gms)].map(([, block]) => block).join('\n');
  expect(code).toContain("'127.0.0.1:2181'");
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', code.replace('127.0.0.1:2181', address)],
    { cwd: fileURLToPath(root) },
  );
  const comments = [...code.matchAll(/console\.log\(.*\/\/ (.*)$/gm)].map(([, said]) => said);
  expect(comments.length).toBeGreaterThan(5);
  expect(stdout.trimEnd().split('\n')).toEqual(comments);
  expect(stderr).toBe('');
  const conn = await open(address);
  expect((await conn.children('/')).children).toEqual(['zookeeper']);
});
