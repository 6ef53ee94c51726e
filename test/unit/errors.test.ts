import { ErrorCode, isError, ZooKeeperError } from 'libzookeeper';
import { describe, expect, it } from 'vitest';
import { badArgument, shown } from '../../dist/bad-arguments.js';
import { errorName } from '../../dist/error-code.js';

describe('ZooKeeperError', () => {
  it("is shaped like Node's system errors", () => {
    const error = new ZooKeeperError({ op: 'get', path: '/x', errno: ErrorCode.ZNONODE });
    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe('ZooKeeperError');
    expect(error.message).toBe('zookeeper: get "/x": no node');
    expect({ ...error }).toMatchObject({ code: 'ZNONODE', errno: -101, op: 'get', path: '/x' });
    expect(error.stack).toContain('errors.test.ts');
    expect(String(error)).toBe('ZooKeeperError: zookeeper: get "/x": no node');
  });

  it('has neither path nor cause where there is none', () => {
    const error = new ZooKeeperError({ op: 'close', errno: ErrorCode.ZCLOSING });
    expect(error.message).toBe('zookeeper: close: zookeeper is closing');
    expect('path' in error).toBe(false);
    expect('cause' in error).toBe(false);
  });

  it('says what was wrong where the code alone does not', () => {
    const error = badArgument({ op: 'set', path: '/a' }, 'version must be an integer');
    expect(error.code).toBe('ZBADARGUMENTS');
    expect(error.message).toBe('zookeeper: set "/a": bad arguments: version must be an integer');
  });

  it("has the system's words when the system failed, and its error as the cause", () => {
    const cause = new Error('getaddrinfo ENOTFOUND nowhere');
    const error = new ZooKeeperError({ op: 'dial', errno: ErrorCode.ZSYSTEMERROR, cause });
    expect(error.message).toBe('zookeeper: dial: getaddrinfo ENOTFOUND nowhere');
    expect(error.cause).toBe(cause);
  });

  it('keeps a path on one line, whatever is in it', () => {
    const error = new ZooKeeperError({ op: 'get', path: '/"\n', errno: ErrorCode.ZBADARGUMENTS });
    expect(error.message).toBe('zookeeper: get "/\\"\\n": bad arguments');
    expect(error.path).toBe('/"\n');
  });
});

describe('the name of a code', () => {
  it.each(Object.entries(ErrorCode))('%s is that of %d', (name, code) => {
    expect(errorName(code)).toBe(name);
    expect(new ZooKeeperError({ op: 'get', errno: code }).code).toBe(name);
  });

  it.each([
    [-999, 'Z-999'],
    [-126, 'Z-126'],
  ])('of a code that nobody named is made of the number: %d', (errno, name) => {
    const error = new ZooKeeperError({ op: 'get', path: '/a', errno });
    expect(error.code).toBe(name);
    expect(error.errno).toBe(errno);
    expect(error.message).toBe('zookeeper: get "/a": unknown error');
  });
});

describe('the message of a code', () => {
  it.each(Object.entries(ErrorCode))('says what %s means', (_name, errno) => {
    const { message } = new ZooKeeperError({ op: 'get', errno });
    expect(message).toMatch(/^zookeeper: get: \S/);
    expect(message).not.toMatch(/unknown error/);
  });

  it.each([
    [ErrorCode.ZREQUESTTIMEOUT, 'request timed out'],
    [ErrorCode.ZQUOTAEXCEEDED, 'quota exceeded'],
    [ErrorCode.ZUNKNOWNSESSION, 'unknown session'],
    [ErrorCode.ZSESSIONEXPIRED, 'session expired'],
    [ErrorCode.ZCONNECTIONLOSS, 'connection loss'],
  ])('is there for codes of newer servers, too: %d', (errno, words) => {
    expect(new ZooKeeperError({ op: 'set', errno }).message).toBe(`zookeeper: set: ${words}`);
  });
});

describe('isError', () => {
  const error = new ZooKeeperError({ op: 'get', path: '/x', errno: ErrorCode.ZNONODE });

  it('is true for a ZooKeeperError of that code only', () => {
    expect(isError(error, ErrorCode.ZNONODE)).toBe(true);
    expect(isError(error, ErrorCode.ZNOAUTH)).toBe(false);
    expect(isError(new ZooKeeperError({ op: 'get', errno: -999 }), -999)).toBe(true);
  });

  it.each([
    undefined,
    null,
    -101,
    'ZNONODE',
    new Error('no node'),
    Object.assign(new Error('no node'), { code: 'ZNONODE', errno: -101 }),
    { errno: -101 },
  ])('is false for what is no ZooKeeperError: %s', (value) => {
    expect(isError(value, ErrorCode.ZNONODE)).toBe(false);
  });
});

describe('a value in an error message', () => {
  it.each([
    ['secret', 'a string'],
    [5, '5'],
    [Number.NaN, 'NaN'],
    [10n, '10'],
    [true, 'true'],
    [undefined, 'undefined'],
    [null, 'null'],
    [['secret'], 'an array'],
    [{ secret: 1 }, 'an object'],
    [Symbol('secret'), 'a symbol'],
    [() => 'secret', 'a function'],
  ])('is told by its kind: %s', (value, words) => {
    expect(shown(value)).toBe(words);
  });
});
