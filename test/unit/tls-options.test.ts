import { createPrivateKey } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect, dial, isError, type TlsOptions, ZooKeeperError } from 'libzookeeper';
import { beforeAll, describe, expect, it } from 'vitest';
import { Authority, type Certificate } from '../support/certificates.js';
import { newDirectory } from '../support/workspace.js';

/*
 * What is wrong with the option is said at the call, before anything is opened.
 */

const PASSPHRASE = 'open, sesame=1';

let directory: string;
let authority: Authority;
let client: Certificate;
let other: Certificate;
let expired: Certificate;
let encrypted: string;

beforeAll(() => {
  directory = newDirectory();
  mkdirSync(directory);
  authority = new Authority();
  client = authority.issue('client');
  other = authority.issue('other');
  expired = authority.issue('old', { days: -1 });
  encrypted = authority.encrypt(client, PASSPHRASE);
});

/** The error of a call with this option. */
function refusal(tls: unknown): ZooKeeperError {
  try {
    void dial('127.0.0.1:1', { tls: tls as TlsOptions }).close();
  } catch (error) {
    if (error instanceof ZooKeeperError) return error;
  }
  throw new Error('it was not refused');
}

const file = (name: string, content: string | Buffer): string => {
  const path = join(directory, name);
  writeFileSync(path, content);
  return path;
};

describe('dial refuses a tls', () => {
  it.each<[string, () => unknown, RegExp]>([
    ['that is no object', () => 'ca.pem', /tls must be an object, not a string/],
    ['that is null', () => null, /tls must be an object, not null/],
    ['without a ca', () => ({}), /tls\.ca is missing/],
    [
      'with an option that does not exist',
      () => ({ ca: authority.cert, rejectUnauthorised: false }),
      /tls has no option rejectUnauthorised/,
    ],
    ['whose ca is a number', () => ({ ca: 1 }), /tls\.ca must be a path or PEM, not 1/],
    [
      'whose ca does not exist',
      () => ({ ca: join(directory, 'nowhere.pem') }),
      /tls\.ca is neither PEM nor a file that can be read: ENOENT/,
    ],
    ['whose ca is a directory', () => ({ ca: directory }), /tls\.ca .*it is no file/],
    ['whose ca is no PEM', () => ({ ca: file('text', 'hello') }), /tls\.ca: the file is not PEM/],
    ['whose ca is bytes, but no PEM', () => ({ ca: Buffer.from('hello') }), /tls\.ca is not PEM/],
    ['whose ca is a key', () => ({ ca: client.keyPath }), /tls\.ca holds no certificate in PEM/],
    [
      'whose ca is damaged',
      () => ({ ca: authority.cert.replace(/^MII.{8}/m, 'MIIAAAAAAAA') }),
      /tls\.ca: its certificate cannot be read/,
    ],
    [
      'whose ca has expired',
      () => ({ ca: new Authority('old', -1).cert }),
      /tls\.ca has expired on/,
    ],
    [
      'whose cert has no key',
      () => ({ ca: authority.cert, cert: client.cert }),
      /tls\.cert goes with tls\.key, which is missing/,
    ],
    [
      'whose key has no cert',
      () => ({ ca: authority.cert, key: client.key }),
      /tls\.key goes with tls\.cert, which is missing/,
    ],
    [
      'whose key is that of another certificate',
      () => ({ ca: authority.cert, cert: client.certPath, key: other.keyPath }),
      /tls\.key is not the key of tls\.cert/,
    ],
    [
      'whose key is a certificate',
      () => ({ ca: authority.cert, cert: client.cert, key: client.cert }),
      /tls\.key holds no private key in PEM/,
    ],
    [
      'whose cert has expired',
      () => ({ ca: authority.cert, cert: expired.cert, key: expired.key }),
      /tls\.cert has expired on/,
    ],
    [
      'whose key is encrypted, without a passphrase',
      () => ({ ca: authority.cert, cert: client.cert, key: encrypted }),
      /tls\.key is encrypted, and there is no tls\.passphrase/,
    ],
    [
      'whose passphrase is wrong',
      () => ({ ca: authority.cert, cert: client.cert, key: encrypted, passphrase: 'guess' }),
      /tls\.passphrase does not open tls\.key/,
    ],
    [
      'that has a passphrase and no key',
      () => ({ ca: authority.cert, passphrase: 'secret' }),
      /tls\.passphrase goes with tls\.key, which is missing/,
    ],
    [
      'whose passphrase is a number',
      () => ({ ca: authority.cert, cert: client.cert, key: encrypted, passphrase: 1 }),
      /tls\.passphrase must be a string or a Uint8Array, not 1/,
    ],
    [
      'whose servername is empty',
      () => ({ ca: authority.cert, servername: '' }),
      /tls\.servername must be the name of a host/,
    ],
    [
      'whose rejectUnauthorized is 0',
      () => ({ ca: authority.cert, rejectUnauthorized: 0 }),
      /tls\.rejectUnauthorized must be a boolean, not 0/,
    ],
  ])('%s', (_, tls, message) => {
    const error = refusal(tls());
    expect(error.message).toMatch(message);
    expect(error).toMatchObject({ code: 'ZBADARGUMENTS', op: 'dial' });
  });
});

it('no error shows a key, or what may be one', () => {
  const body = client.key.split('\n').slice(1, -2).join('');
  const shown = [
    refusal({ ca: authority.cert, cert: client.cert, key: body }),
    refusal({ ca: authority.cert, cert: body, key: client.key }),
    refusal({ ca: authority.cert, cert: client.cert, key: encrypted, passphrase: 'guess-me' }),
  ].flatMap((error) => [error.stack, (error.cause as Error | undefined)?.stack]);
  expect(shown.filter((text) => text?.includes(body.slice(0, 20)))).toEqual([]);
  expect(shown.filter((text) => text?.includes('guess-me'))).toEqual([]);
});

it('takes paths, PEM and bytes, and a key that is encrypted', async () => {
  const forms: TlsOptions[] = [
    { ca: authority.path, cert: client.certPath, key: client.keyPath },
    { ca: authority.cert, cert: client.cert, key: client.key },
    { ca: readFileSync(authority.path), cert: Buffer.from(client.cert), key: encrypted },
    { ca: authority.path, cert: client.cert, key: readFileSync(encrypted) },
    { ca: authority.cert + new Authority('old', -1).cert, rejectUnauthorized: true },
    { rejectUnauthorized: false },
  ];
  for (const form of forms) {
    const opens = form.key === undefined ? {} : { passphrase: PASSPHRASE };
    const conn = dial('127.0.0.1:1', { tls: { ...form, ...opens } });
    await conn.close();
  }
  await dial('127.0.0.1:1', {
    tls: { ...(forms[2] as TlsOptions), passphrase: Buffer.from(PASSPHRASE) },
  }).close();
});

it('takes a passphrase of bytes that are no text, and leaves them as they are', async () => {
  const passphrase = Buffer.from([0xff, 0xfe, 0x31]);
  const key = createPrivateKey(client.key).export({
    format: 'pem',
    type: 'pkcs8',
    cipher: 'aes-256-cbc',
    passphrase,
  });
  const tls = { ca: authority.cert, cert: client.cert, key: key.toString(), passphrase };
  await dial('127.0.0.1:1', { tls }).close();
  expect(passphrase).toEqual(Buffer.from([0xff, 0xfe, 0x31]));
});

it('connect rejects with the same error', async () => {
  const error = await connect('127.0.0.1:1', { tls: {} }).catch((reason: unknown) => reason);
  expect(isError(error, -8)).toBe(true);
});
