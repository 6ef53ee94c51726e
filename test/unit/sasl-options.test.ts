import { dial, type SaslOptions, ZooKeeperError } from 'libzookeeper';
import { describe, expect, it } from 'vitest';

/** The error of a call with this option. */
function refusal(sasl: unknown): ZooKeeperError {
  try {
    void dial('127.0.0.1:1', { sasl: sasl as SaslOptions }).close();
  } catch (error) {
    if (error instanceof ZooKeeperError) return error;
  }
  throw new Error('it was not refused');
}

const good = { mechanism: 'DIGEST-MD5', username: 'alice', password: 'secret' };

describe('dial refuses a sasl', () => {
  it.each<[string, unknown, RegExp]>([
    ['that is no object', 'alice:secret', /sasl must be an object, not a string/],
    ['without a mechanism', {}, /sasl\.mechanism must be 'DIGEST-MD5' or 'GSSAPI'/],
    ['of another mechanism', { ...good, mechanism: 'PLAIN' }, /sasl\.mechanism must be/],
    ['with an option that does not exist', { ...good, user: 'a' }, /sasl has no option user/],
    ['without a username', { ...good, username: undefined }, /sasl\.username must be a string/],
    ['with an empty username', { ...good, username: '' }, /sasl\.username must be a string/],
    ['with a NUL in the username', { ...good, username: 'a\0b' }, /sasl\.username must be/],
    ['without a password', { ...good, password: undefined }, /sasl\.password must be a string/],
    ['with an empty password', { ...good, password: '' }, /sasl\.password must have 1 to/],
    ['with a NUL in the password', { ...good, password: 'a\0b' }, /sasl\.password must have/],
    ['whose realm is a number', { ...good, realm: 1 }, /sasl\.realm must be a string/],
    ['whose service is a number', { ...good, service: 1 }, /sasl\.service must be a string/],
    ['whose host is empty', { ...good, host: '' }, /sasl\.host must be a string/],
    [
      'of GSSAPI with a password',
      { mechanism: 'GSSAPI', password: 'x' },
      /sasl has no option password with GSSAPI/,
    ],
  ])('%s', (_, sasl, message) => {
    const error = refusal(sasl);
    expect(error.message).toMatch(message);
    expect(error).toMatchObject({ code: 'ZBADARGUMENTS', op: 'dial' });
    expect(error.message).not.toContain('secret');
  });
});
