import { ErrorCode, isError } from 'libzookeeper';
import { describe, expect, it } from 'vitest';
import { checkPath } from '../../dist/path.js';

function isTaken(path: string, isSequential = false): boolean {
  try {
    checkPath({ op: 'create' }, path, isSequential);
    return true;
  } catch (error) {
    if (isError(error, ErrorCode.ZBADARGUMENTS)) return false;
    throw error;
  }
}

/** The rules of `isValidPath` in the C client: of the bytes in UTF-8, the control characters but one are refused. */
function isValidForC(path: string, isSequential: boolean): boolean {
  if (!path.startsWith('/')) return false;
  if (path === '/') return true;
  if (path.includes('\0') || path.includes('//')) return false;
  if (!isSequential && path.endsWith('/')) return false;
  const end = isSequential ? '/' : '(?:/|$)';
  if (new RegExp(`/\\.{1,2}${end}`).test(path)) return false;
  return ![...Buffer.from(path)].some((byte) => byte > 0 && byte < 0x1f);
}

/** The rules of `PathUtils.validatePath` in the server, which looks at UTF-16. */
function isValidForJava(path: string, isSequential: boolean): boolean {
  const whole = isSequential ? `${path}1` : path;
  if (!whole.startsWith('/')) return false;
  if (whole === '/') return true;
  if (whole.endsWith('/') || whole.includes('\0') || whole.includes('//')) return false;
  if (/\/\.{1,2}(?:\/|$)/.test(whole)) return false;
  return ![...whole].some((_, index) => isForbidden(whole.charCodeAt(index)));
}

function isForbidden(unit: number): boolean {
  if (unit === 0) return false;
  if (unit <= 0x1f) return true;
  if (unit >= 0x7f && unit <= 0x9f) return true;
  return (unit >= 0xd800 && unit <= 0xf8ff) || unit >= 0xfff0;
}

const good = [
  '/',
  '/a',
  '/a/b',
  '/a.b',
  '/.a',
  '/a.',
  '/...',
  '/a/..b',
  '/a/b..',
  '/ä€',
  '/ a ',
  '/%2F',
];
const bad = [
  ...['', 'a', 'a/b', './a', '../a', ' /a', '\\a', '//', '///', '//a', '/a//b', '/a/', '/a//'],
  ...['/.', '/..', '/./a', '/../a', '/a/.', '/a/..', '/a/./b', '/a/../b'],
  ...[
    '/a\0',
    '/\0',
    '\0',
    '/a\0b',
    '/a\u0001',
    '/a\n',
    '/a\u001f',
    '/a\u007f',
    '/a\u0085',
    '/a\u009f',
  ],
  ...['/\ue000', '/\uf8ff', '/\ufff0', '/\ufffe', '/\uffff', '/\ud800', '/\udc00', '/a\ud800b'],
];

describe('a path', () => {
  it.each(good)('is taken as it is: %j', (path) => {
    expect(checkPath({ op: 'get' }, path)).toBe(path);
  });

  it.each(bad)('is refused, with words that say so: %j', (path) => {
    expect(() => checkPath({ op: 'get' }, path)).toThrow(
      /^zookeeper: get ".*": bad arguments: path must (?:not|start)/,
    );
  });

  it.each([undefined, null, 5, 1n, {}, [], ['/a'], Symbol('/a'), new String('/a'), () => '/a'])(
    'is refused when it is no string: %s',
    (path) => {
      expect(() => checkPath({ op: 'get' }, path)).toThrow(
        /^zookeeper: get: bad arguments: path must be a string, not /,
      );
    },
  );

  it('may hold the characters next to those that are refused', () => {
    for (const unit of [0x20, 0x7e, 0xa0, 0xd7ff, 0xf900, 0xffef]) {
      expect(isTaken(`/a${String.fromCharCode(unit)}`)).toBe(true);
    }
  });

  it('may not hold characters above U+FFFF, which the server does not take', () => {
    expect(isValidForJava('/\u{1f600}', false)).toBe(false);
    expect(() => checkPath({ op: 'get' }, '/\u{1f600}')).toThrow(
      /must not hold a character above U\+FFFF/,
    );
    expect(isTaken('/\u{10ffff}')).toBe(false);
  });

  it('may not be longer than any server takes, and is not shown then', () => {
    expect(isTaken(`/${'a'.repeat(1024 * 1024 - 1)}`)).toBe(true);
    expect(() => checkPath({ op: 'get' }, `/${'a'.repeat(1024 * 1024)}`)).toThrow(
      /^zookeeper: get: bad arguments: path must not be longer than 1048576$/,
    );
  });
});

describe('the path of a sequential node', () => {
  it.each(['/', '/a', '/a/', '/a-', '/a.', '/a/.', '/a/..'])(
    'may end where the number goes: %j',
    (path) => {
      expect(checkPath({ op: 'create' }, path, true)).toBe(path);
    },
  );

  it.each(['', 'a', '//', '/a//', '/./', '/../', '/a/./b', '/a\0', '/a\n', '/a\ud800'])(
    'is refused otherwise: %j',
    (path) => {
      expect(isTaken(path, true)).toBe(false);
    },
  );
});

describe('the rules', () => {
  const isValid = (path: string, isSequential = false) =>
    isValidForC(path, isSequential) && isValidForJava(path, isSequential);

  /** Every path of up to seven characters out of those that shape one. */
  function* shapes(length: number): Generator<string> {
    yield '';
    if (length === 0) return;
    for (const rest of shapes(length - 1)) for (const first of ['/', '.', 'a']) yield first + rest;
  }

  it.each([false, true])(
    "are the C client's and the server's together, for every shape; sequential: %s",
    (isSequential) => {
      const wrong = [...shapes(7)].filter(
        (path) => isTaken(path, isSequential) !== isValid(path, isSequential),
      );
      expect(wrong).toEqual([]);
    },
  );

  it("are the C client's and the server's together, for every character", () => {
    const wrong: string[] = [];
    for (let unit = 0; unit <= 0xffff; unit += 1) {
      const path = `/a${String.fromCharCode(unit)}b`;
      if (isTaken(path) !== isValid(path)) wrong.push(unit.toString(16));
    }
    expect(wrong).toEqual([]);
  });
});
