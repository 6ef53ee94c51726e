import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CreateFlag, ErrorCode, EventType, LogLevel, Perm, State } from 'libzookeeper';
import { describe, expect, it } from 'vitest';
import { addon } from '../../dist/native.js';
import { RecordLayout } from '../../dist/record-layout.js';
import { runChild } from '../support/child.js';
import { newDirectory } from '../support/workspace.js';

type Table = Readonly<Record<string, number>>;

const tables: Readonly<Record<string, Table>> = {
  CreateFlag,
  Perm,
  EventType,
  State,
  ErrorCode,
  LogLevel,
};

/** Names that the C library has no number for. */
const ours: Readonly<Record<string, Table>> = {
  EventType: { CLOSED: 0 },
  State: { CLOSED: 0 },
  LogLevel: { OFF: 0 },
  ErrorCode: { ZUNKNOWNSESSION: -12, ZREQUESTTIMEOUT: -122, ZQUOTAEXCEEDED: -125 },
};

describe.each(Object.entries(tables))('%s', (name, table) => {
  it('is frozen', () => {
    expect(Object.isFrozen(table)).toBe(true);
    expect(() => Object.assign(table, { NEW: 1 })).toThrow(TypeError);
  });

  it("has the C library's numbers, and none that the C library lacks but those of ours", () => {
    expect({ ...table }).toEqual({ ...addon.constants[name], ...ours[name] });
  });

  it('gives no number two names', () => {
    const numbers = Object.values(table);
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});

it('has the numbers that are written down in the API', () => {
  expect(CreateFlag).toEqual({
    EPHEMERAL: 1,
    SEQUENCE: 2,
    CONTAINER: 4,
    PERSISTENT_WITH_TTL: 5,
    PERSISTENT_SEQUENTIAL_WITH_TTL: 6,
  });
  expect(Perm.ALL).toBe(Perm.READ | Perm.WRITE | Perm.CREATE | Perm.DELETE | Perm.ADMIN);
  expect(Object.keys(LogLevel)).toEqual(['OFF', 'ERROR', 'WARN', 'INFO', 'DEBUG']);
  expect(ErrorCode.ZNONODE).toBe(-101);
});

it('knows the layout of records as the addon writes them', () => {
  expect({ ...RecordLayout }).toEqual({ ...addon.recordLayout });
});

describe('an addon that was built from other sources', () => {
  const root = fileURLToPath(new URL('../..', import.meta.url));

  /** A copy of the package with one line of JavaScript changed. */
  function changedCopy(file: string, from: string, to: string): string {
    const copy = newDirectory();
    mkdirSync(copy);
    cpSync(join(root, 'dist'), join(copy, 'dist'), { recursive: true });
    cpSync(join(root, 'package.json'), join(copy, 'package.json'));
    for (const name of ['build', 'node_modules']) symlinkSync(join(root, name), join(copy, name));
    const source = readFileSync(join(copy, 'dist', file), 'utf8');
    expect(source).toContain(from);
    writeFileSync(join(copy, 'dist', file), source.replace(from, to));
    return join(copy, 'dist/index.js');
  }

  it.each([
    ['constants.js', 'CHILD: 4', 'CHILD: 5', 'EventType.CHILD is 4 there and 5 here'],
    ['error-code.js', 'ZNONODE: -101', 'ZNONODE: -201', 'ErrorCode.ZNONODE is -101 there and'],
    ['record-layout.js', 'REPLY_CODE: 12', 'REPLY_CODE: 16', 'RecordLayout.REPLY_CODE is 12 there'],
  ])('is refused when it is loaded: %s', async (file, from, to, words) => {
    const { code, stderr } = await runChild(changedCopy(file, from, to));
    expect(code).toBe(1);
    expect(stderr).toContain(`libzookeeper: the addon does not fit: ${words}`);
  });
});
