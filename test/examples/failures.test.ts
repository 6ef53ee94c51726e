import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ErrorCode, ZooKeeperError } from 'libzookeeper';
import { describe, expect, it } from 'vitest';
import { startServer } from '../support/server.js';

const root = new URL('../../', import.meta.url);
const page = readFileSync(new URL('docs/failures.md', root), 'utf8');

it('the page on failures is a program that works, and prints what its comments say', async () => {
  const { address } = await startServer();
  const code = [...page.matchAll(/^```js\n(.*?)^```$/gms)].map(([, block]) => block).join('\n');
  expect(code).toContain("'127.0.0.1:2181'");
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', code.replace('127.0.0.1:2181', address)],
    { cwd: fileURLToPath(root) },
  );
  const comments = [...code.matchAll(/console\.log\(.*\/\/ (.*)$/gm)].map(([, said]) => said);
  expect(comments).toHaveLength(2);
  expect(stdout.trimEnd().split('\n')).toEqual(comments);
  expect(stderr).toBe('');
});

describe('the table of codes', () => {
  const yes = (cell: string | undefined): boolean => cell === 'yes';
  const rows = new Map(
    [...page.matchAll(/^\| `(Z\w+)` \|[^|]*\| (yes|no) \| (yes|no) \| (yes|no) \|$/gm)].map(
      ([, name, unknown, retryable, terminal]) => [
        name,
        {
          outcomeUnknown: yes(unknown),
          retryable: yes(retryable),
          terminal: yes(terminal),
        },
      ],
    ),
  );

  it('has all of them', () => {
    expect([...rows.keys()].sort()).toEqual(Object.keys(ErrorCode).sort());
  });

  it.each(Object.entries(ErrorCode))('says of %s what errors with that code say', (name, errno) => {
    const { outcomeUnknown, retryable, terminal } = new ZooKeeperError({ op: 'set', errno });
    expect({ outcomeUnknown, retryable, terminal }).toEqual(rows.get(name));
  });

  it('says of other numbers what errors with one say', () => {
    expect(page).toMatch(/^\| any other number \|[^|]*\| yes \| no \| no \|$/m);
    expect(new ZooKeeperError({ op: 'set', errno: -999 })).toMatchObject({
      outcomeUnknown: true,
      retryable: false,
      terminal: false,
    });
  });
});
