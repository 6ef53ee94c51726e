import { readFileSync } from 'node:fs';
import ours from 'libzookeeper/compat';
import { describe, expect, it } from 'vitest';

/* docs/migrating.md has a row for each difference, and says of each call where it went. */

const page = readFileSync(new URL('../../docs/migrating.md', import.meta.url), 'utf8');

const { plays } = (await import(new URL('./breakage/differences.mjs', import.meta.url).href)) as {
  plays: Readonly<Record<string, unknown>>;
};

/** The first cells of all rows of its tables. */
const rows = [...page.matchAll(/^\| (.*?) \|/gm)].map(([, cell]) => cell);

describe('the differences', () => {
  it.each(Object.keys(plays))('%s', (name) => {
    expect(rows).toContain(name);
  });
});

it('the page says where each method and property went', () => {
  const members = [ours.prototype, ours.ZooKeeper.prototype]
    .flatMap(Object.getOwnPropertyNames)
    .filter((name) => !['constructor'].includes(name));
  expect(members.length).toBeGreaterThan(50);
  expect(members.filter((name) => !new RegExp(`\\b${name}\\b`).test(page))).toEqual([]);
});

it('its links lead somewhere', () => {
  const headings = [...page.matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    (heading as string)
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  );
  for (const [, link] of page.matchAll(/\]\((.*?)\)/g)) {
    if (link?.startsWith('#')) expect(headings).toContain(link.slice(1));
    else readFileSync(new URL(`../../docs/${link}`, import.meta.url));
  }
});
