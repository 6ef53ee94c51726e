import { readdirSync, readFileSync } from 'node:fs';
import { Conn, op } from 'libzookeeper';
import { describe, expect, it } from 'vitest';

const root = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');

/** The functions that a C header declares: no types, no pointers to functions. */
function declared(header: string): string[] {
  const code = header
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/\/\/.*$/gm, '')
    // A directive may go on in the next line.
    .replace(/^[ \t]*#(?:.*\\\n)*.*$/gm, '')
    .replace(/extern "C" \{/, '');
  let outer = code;
  for (let before = ''; before !== outer; ) {
    before = outer;
    outer = outer.replace(/\{[^{}]*\}/g, '');
  }
  const names = outer
    .split(';')
    .filter((statement) => !/^\s*typedef\b/.test(statement))
    .map((statement) => /(\w+)\s*\(/.exec(statement)?.[1])
    .filter((name) => name !== undefined);
  return [...new Set(names)].sort();
}

interface Row {
  readonly section: string;
  readonly name: string;
  readonly text: string;
}

const page = read('docs/c-client.md');

const rows: readonly Row[] = page.split(/^## /m).flatMap((part) => {
  const section = part.slice(0, part.indexOf('\n'));
  return [...part.matchAll(/^\| `(\w+)` \| (.*) \|$/gm)].map(([, name = '', text = '']) => ({
    section,
    name,
    text,
  }));
});

const sources = readdirSync(new URL('native/', root), { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(?:cc|c|h)$/.test(name))
  .map((name) =>
    read(`native/${name}`)
      .replace(/\/\*.*?\*\//gs, '')
      .replace(/\/\/.*$/gm, ''),
  )
  .join('\n');

const header = declared(
  read('deps/out/source/zookeeper-client/zookeeper-client-c/include/zookeeper.h'),
);

describe('the table of the functions of the C client', () => {
  it('is compared with all that the header declares', () => {
    // With and without ZOOAPI, of one line and of several, in each of its #ifdefs.
    expect(header).toEqual(
      expect.arrayContaining([
        'zookeeper_init_ssl',
        'zookeeper_init_sasl',
        'zookeeper_get_connected_host',
        'zookeeper_interest',
        'zoo_check_op_init',
        'zoo_multi',
        'zerror',
        'is_unrecoverable',
      ]),
    );
    expect(
      header.filter((name) => !/^(?:zoo|zerror$|is_unrecoverable$|close_zsock$)/.test(name)),
    ).toEqual([]);
    // 74 of them are marked as ZOOAPI, and four make ops.
    expect(header).toHaveLength(78);
  });

  it('has each of them, once, and no other', () => {
    expect(rows.map(({ name }) => name).sort()).toEqual(header);
  });

  it('says of each what became of it', () => {
    for (const { name, text } of rows) expect(text.length, name).toBeGreaterThan(5);
  });

  it('says which are called, and which are not', () => {
    const called = new Set(
      [...sources.matchAll(/\b(\w+)\(/g)]
        .map(([, name = '']) => name)
        .filter((name) => header.includes(name)),
    );
    const said = rows.filter(({ section }) => section === 'Called').map(({ name }) => name);
    expect(said.sort()).toEqual([...called].sort());
  });

  it('names what there is', () => {
    for (const [, method = ''] of page.matchAll(/`conn\.(\w+)/g)) {
      expect(Object.getOwnPropertyNames(Conn.prototype).concat('on'), method).toContain(method);
    }
    for (const [, name = ''] of page.matchAll(/`op\.(\w+)/g)) expect(op).toHaveProperty(name);
  });
});
