import { constants } from 'node:os';
import { getSystemErrorName } from 'node:util';
import { describe, expect, it } from 'vitest';
import { errnoName } from '../../lib/errno.js';

const { errno } = constants;

describe('the name of an errno', () => {
  it('is one that the C library has for it', () => {
    const named = Object.values(errno).map((number) => [number, errnoName(number)]);
    expect(named.map(([, name]) => errno[name as keyof typeof errno])).toEqual(
      named.map(([number]) => number),
    );
  });

  it.skipIf(process.platform === 'win32')('is what Node.js calls it', () => {
    const numbers = [errno.ECONNREFUSED, errno.EMFILE, errno.EAGAIN, errno.EOPNOTSUPP];
    expect(numbers.map(errnoName)).toEqual(numbers.map((number) => getSystemErrorName(-number)));
  });

  it('is UNKNOWN where there is none', () => {
    expect(errnoName(0)).toBe('UNKNOWN');
    expect(errnoName(4078)).toBe('UNKNOWN');
  });
});
