import { ErrorCode, ZooKeeperError } from 'libzookeeper';
import { describe, expect, it } from 'vitest';
import { readPage, runPage } from '../support/page.js';
import { startServer } from '../support/server.js';

const page = readPage('failures.md');

it('the page on failures is a program that works, and prints what its comments say', async () => {
  const { address } = await startServer();
  const { printed, announced, stderr } = await runPage('failures.md', address);
  expect(announced).toHaveLength(2);
  expect(printed).toEqual(announced);
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
