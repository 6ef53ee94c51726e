import fc from 'fast-check';
import {
  type ACL,
  ClientId,
  type EnsembleConfig,
  parseConfig,
  ZooKeeperError,
  type ZooKeeperEvent,
} from 'libzookeeper';
import { describe, expect, it } from 'vitest';
import { packACL, unpackACL } from '../../dist/acl.js';
import { EventChannel } from '../../dist/channel.js';
import { ChildNames } from '../../dist/child-names.js';
import { EventType, State } from '../../dist/constants.js';
import { zeroEvent } from '../../dist/event.js';
import { PackedReader, PackedWriter } from '../../dist/packed.js';
import { checkPath } from '../../dist/path.js';
import { parseServers } from '../../dist/servers.js';

/*
 * What must hold for whatever there may be. More of it: FAST_CHECK_RUNS=100000.
 */
fc.configureGlobal({ numRuns: Number(process.env['FAST_CHECK_RUNS'] ?? 300) });

const call = { op: 'test' };
const text = fc.string({ unit: 'grapheme' });
const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });

/** What a call gives, or undefined where it throws a ZooKeeperError; anything else that it throws, it throws. */
function unlessRefused<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof ZooKeeperError && error.code === 'ZBADARGUMENTS') return undefined;
    throw error;
  }
}

describe('what is packed', () => {
  it('is read back as it was', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(int32, text)), fc.nat({ max: 64 }), (entries, size) => {
        const writer = new PackedWriter(size);
        for (const [number, each] of entries) {
          writer.number(number);
          writer.bytes(Buffer.from(each));
        }
        const reader = new PackedReader(writer.packed);
        for (const [number, each] of entries) {
          expect(reader.number()).toBe(number);
          expect(reader.text()).toBe(each);
        }
      }),
    );
  });

  it('is an ACL again, whatever is in it', () => {
    const word = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((each) => !each.includes('\0'));
    const entry = fc.record({ perms: fc.integer({ min: 0, max: 31 }), scheme: word, id: word });
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1 }), (acl: ACL[]) => {
        const packed = unlessRefused(() => packACL(call, acl));
        if (packed !== undefined && packed !== null) {
          expect(unpackACL(packed, acl.length)).toEqual(acl);
        }
      }),
    );
  });

  it('is a ClientId again', () => {
    const bits = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    const password = fc.uint8Array({ minLength: 16, maxLength: 16 });
    fc.assert(
      fc.property(bits, password, (id, passwd) => {
        const loaded = ClientId.load(new ClientId(id, passwd).save());
        expect({ id: loaded.id, passwd: [...loaded.passwd] }).toEqual({ id, passwd: [...passwd] });
      }),
    );
  });
});

describe('what a server says', () => {
  it('of children is their names, one by one', () => {
    const names = fc.array(text.filter((name) => !name.includes('/')));
    fc.assert(
      fc.property(names, (children) => {
        expect(new ChildNames(children.join('/'), children.length).list()).toEqual(children);
      }),
    );
  });

  it('of its configuration is one, or is refused: any bytes', () => {
    const line = fc.oneof(
      text,
      fc.tuple(text, text).map(([name, value]) => `${name}=${value}`),
      text.map((value) => `server.1=${value}`),
      text.map((value) => `version=${value}`),
    );
    const bytes = fc.oneof(
      fc.uint8Array(),
      fc.array(line).map((lines) => Buffer.from(lines.join('\n'))),
    );
    fc.assert(
      fc.property(bytes, (data) => {
        const config: EnsembleConfig | undefined = unlessRefused(() => parseConfig(data));
        if (config !== undefined) expect(typeof config.version).toBe('bigint');
      }),
    );
  });

  it('of its configuration takes no longer when it is all blanks', () => {
    const started = performance.now();
    unlessRefused(() => parseConfig(`a=b${' '.repeat(4_000_000)}c`));
    unlessRefused(() => parseConfig(`server.1=${' '.repeat(4_000_000)}c`));
    unlessRefused(() => parseConfig(`${' '.repeat(4_000_000)}c`));
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

/** The rule of the server, as PathUtils.validatePath of ZooKeeper 3.8 has it, character by character. */
function serverTakes(path: string): boolean {
  if (path.length === 0 || path[0] !== '/') return false;
  if (path.length === 1) return true;
  if (path.endsWith('/')) return false;
  for (let at = 1, last = '/'; at < path.length; last = path[at] as string, at += 1) {
    const character = path[at] as string;
    const code = character.charCodeAt(0);
    const before = path[at - 2];
    const after = path[at + 1];
    if (code === 0 || (character === '/' && last === '/')) return false;
    if (character === '.' && last === '.') {
      if (before === '/' && (after === undefined || after === '/')) return false;
    } else if (character === '.' && last === '/' && (after === undefined || after === '/')) {
      return false;
    }
    const isControl = (code > 0 && code <= 0x1f) || (code >= 0x7f && code <= 0x9f);
    const isPrivate = code >= 0xd800 && code <= 0xf8ff;
    if (isControl || isPrivate || code >= 0xfff0) return false;
  }
  return true;
}

describe('what a program passes in', () => {
  it('is a path exactly where the server takes it for one', () => {
    const part = fc.constantFrom(
      '/',
      '.',
      '..',
      'a',
      '\0',
      '\u0007',
      '\u009f',
      'ü',
      '\ud83d',
      '🦒',
      '\uf000',
    );
    const path = fc.oneof(
      text,
      fc.array(part).map((parts) => `/${parts.join('')}`),
    );
    fc.assert(
      fc.property(path, (each) => {
        expect([each, unlessRefused(() => checkPath(call, each)) !== undefined]).toEqual([
          each,
          serverTakes(each),
        ]);
      }),
    );
  });

  it('is a list of servers that means the same when it is written anew, or is refused', () => {
    const part = fc.constantFrom(
      ':',
      ',',
      '/',
      '[',
      ']',
      '::1',
      '127.0.0.1',
      'zoo',
      '2181',
      ' ',
      '0',
      '99999',
    );
    const servers = fc.oneof(
      text,
      fc.array(part).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(servers, (each) => {
        const parsed = unlessRefused(() => parseServers(each));
        if (parsed === undefined) return;
        const again = parsed.hosts.map((host) => {
          const colon = host.lastIndexOf(':');
          const name = host.slice(0, colon);
          return name.includes(':') ? `[${name}]${host.slice(colon)}` : host;
        });
        expect(parseServers(again.join(',') + parsed.chroot)).toEqual(parsed);
      }),
    );
  });
});

it('a channel gives what was sent into it, in order, each value once, and then the zero value', async () => {
  const step = fc.constantFrom('send', 'receive', 'end');
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const channel = new EventChannel();
      const sent: ZooKeeperEvent[] = [];
      const received: Promise<ZooKeeperEvent>[] = [];
      let hasEnded = false;
      for (const each of steps) {
        if (each === 'receive') {
          received.push(channel.receive());
        } else if (each === 'end') {
          channel.end();
          hasEnded = true;
        } else if (!hasEnded) {
          const { length } = sent;
          const event = {
            ...zeroEvent,
            type: EventType.CHANGED,
            state: State.CONNECTED,
            path: `/${length}`,
          };
          sent.push(event as ZooKeeperEvent);
          channel.send(event as ZooKeeperEvent);
        }
      }
      channel.end();
      const values = await Promise.all(received);
      expect(values.slice(0, sent.length)).toEqual(sent.slice(0, values.length));
      for (const value of values.slice(sent.length)) expect(value).toBe(zeroEvent);
    }),
  );
});
