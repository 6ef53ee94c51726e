import { connect, type DialOptions, dial } from 'libzookeeper';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const PASSWORD = 'user:never-to-be-seen-again';
const auth = [{ scheme: 'digest', cert: PASSWORD }];

/** What was made of the options: all memory of Buffer's that may hold a secret. */
const made: Buffer[] = [];
beforeEach(() => {
  made.length = 0;
  for (const name of ['alloc', 'concat', 'from'] as const) {
    const make = Buffer[name] as (...given: unknown[]) => Buffer;
    vi.spyOn(Buffer, name).mockImplementation(((...given: unknown[]) => {
      const buffer = make.apply(Buffer, given);
      made.push(buffer);
      return buffer;
    }) as never);
  }
});
afterEach(() => {
  vi.restoreAllMocks();
});

const withSecret = (): number => made.filter((buffer) => buffer.includes(PASSWORD)).length;

// Types do not keep JavaScript from these.
const wrong = (options: object): DialOptions => ({ auth, ...options }) as DialOptions;

describe('no copy of a credential is left when dial refuses', () => {
  it.each<[string, DialOptions]>([
    ['another credential', { auth: [...auth, { scheme: '', cert: 'x' }] }],
    ['the time-out', wrong({ sessionTimeout: -1 })],
    ['the largest frame', wrong({ maxFrame: 0 })],
    ['TLS', wrong({ tls: { ca: 'no certificate' } })],
    ['SASL', wrong({ sasl: { mechanism: 'PLAIN' } })],
  ])('%s', (_what, options) => {
    expect(() => dial('127.0.0.1:1', options)).toThrow(/^zookeeper: dial: /);
    expect(withSecret()).toBe(0);
  });
});

describe('no copy of a credential is left when connect', () => {
  it('refuses an option of its own', async () => {
    const connecting = connect('127.0.0.1:1', { auth, connectTimeout: 0 });
    await expect(connecting).rejects.toMatchObject({ code: 'ZBADARGUMENTS' });
    expect(withSecret()).toBe(0);
  });

  it('finds its signal aborted', async () => {
    const connecting = connect('127.0.0.1:1', { auth, signal: AbortSignal.abort('never mind') });
    await expect(connecting).rejects.toBe('never mind');
    expect(made.length).toBeGreaterThan(0);
    expect(withSecret()).toBe(0);
  });

  it('has it in native code', async () => {
    const connecting = connect('127.0.0.1:1', { auth, connectTimeout: 1 });
    await expect(connecting).rejects.toMatchObject({ code: 'ZOPERATIONTIMEOUT' });
    expect(made.length).toBeGreaterThan(0);
    expect(withSecret()).toBe(0);
  });
});
