import { ErrorCode, isError } from 'libzookeeper';
import { describe, expect, it } from 'vitest';
import { parseServers } from '../../dist/servers.js';

function errorOf(servers: unknown): unknown {
  try {
    parseServers(servers);
  } catch (error) {
    return error;
  }
  throw new Error(`${JSON.stringify(servers)} was taken`);
}

describe('a list of servers', () => {
  it.each([
    ['127.0.0.1:2181', ['127.0.0.1:2181'], ''],
    ['localhost:1', ['localhost:1'], ''],
    ['a:65535', ['a:65535'], ''],
    ['a:1,b:2,c:3', ['a:1', 'b:2', 'c:3'], ''],
    ['zk-1.example_x:2181', ['zk-1.example_x:2181'], ''],
    ['a:02181', ['a:2181'], ''],
    ['a:1,a:1', ['a:1', 'a:1'], ''],
  ])('is taken apart at its commas: %s', (servers, hosts, chroot) => {
    expect(parseServers(servers)).toEqual({ hosts, chroot });
  });

  it.each([
    [' a:1 , b:2 '],
    ['\ta:1,\n b:2'],
    [['a:1', 'b:2']],
    [[' a:1', 'b:2 ']],
    [['a:1, b:2']],
    [['a:1,b:2']],
  ])('may have blanks around its entries, and may be an array: %j', (servers) => {
    expect(parseServers(servers)).toEqual({ hosts: ['a:1', 'b:2'], chroot: '' });
  });

  it.each([
    ['[::1]:2181', '::1:2181'],
    ['[2001:db8::1]:1', '2001:db8::1:1'],
    ['[::ffff:127.0.0.1]:2181', '::ffff:127.0.0.1:2181'],
    ['[fe80::1%eth0]:2181', 'fe80::1%eth0:2181'],
    ['[127.0.0.1]:1', undefined],
    ['[localhost]:1', undefined],
    ['[]:1', undefined],
    ['[::1:2181', undefined],
    ['::1]:2181', undefined],
    ['[::1]2181', undefined],
    ['[[::1]]:2181', undefined],
  ])('has IPv6 addresses in brackets, which the C client does without: %s', (servers, host) => {
    if (host === undefined) expect(errorOf(servers)).toMatchObject({ code: 'ZBADARGUMENTS' });
    else expect(parseServers(servers).hosts).toEqual([host]);
  });

  it.each([
    ['a:1/app', '/app'],
    ['a:1,b:2/app/x.y', '/app/x.y'],
    ['a:1/', ''],
    ['a:1/ä', '/ä'],
    ['a:1/app ', '/app'],
  ])('may end in a chroot: %s', (servers, chroot) => {
    expect(parseServers(servers).chroot).toBe(chroot);
  });

  it('may have its chroot on the last of the array', () => {
    expect(parseServers(['a:1', 'b:2/app'])).toEqual({ hosts: ['a:1', 'b:2'], chroot: '/app' });
  });
});

describe('a list of servers is refused', () => {
  it.each([
    ['', 'servers must not be empty'],
    ['   ', 'servers must not be empty'],
    [[], 'servers must not be empty'],
    [',', 'an empty entry'],
    ['a:1,', 'an empty entry'],
    [',a:1', 'an empty entry'],
    ['a:1,,b:2', 'an empty entry'],
    [['a:1', ''], 'an empty entry'],
    ['/app', 'an empty entry'],
    ['a', 'no port in "a"'],
    ['a:1,b', 'no port in "b"'],
    ['127.0.0.1', 'no port in'],
    ['::1', 'no port in'],
    ['2001:db8::1', 'no port in'],
    ['a:', 'needs a port'],
    ['a:0', 'needs a port'],
    ['a:65536', 'needs a port'],
    ['a:99999', 'needs a port'],
    ['a:-1', 'needs a port'],
    ['a:1x', 'needs a port'],
    ['a:1.5', 'needs a port'],
    ['a:1e3', 'needs a port'],
    ['a:0x10', 'needs a port'],
    ['a:+1', 'needs a port'],
    ['a: 1', 'needs a port'],
    ['a:٣', 'needs a port'],
    [':2181', 'no valid host'],
    ['a b:2181', 'no valid host'],
    ['a:b:2181', 'no valid host'],
    ['user@a:2181', 'no valid host'],
    ['a\0b:2181', 'NUL'],
    ['a:2181\0', 'NUL'],
    ['a\ud800:2181', 'servers'],
    ['a:1/app,b:2', 'a chroot may only stand behind the last server'],
    [['a:1/app', 'b:2'], 'a chroot may only stand behind the last server'],
    ['a:1//', 'the chroot "//"'],
    ['a:1/app/', 'the chroot "/app/"'],
    ['a:1/app//x', 'the chroot "/app//x"'],
    ['a:1/../x', 'the chroot "/../x"'],
    ['a:1/a\u0001', 'the chroot'],
    ['a:1/a\ud800', 'servers'],
  ])('with words that name it, where it makes no sense: %j', (servers, words) => {
    const error = errorOf(servers);
    expect(isError(error, ErrorCode.ZBADARGUMENTS)).toBe(true);
    expect(error).toMatchObject({ op: 'dial', message: expect.stringContaining(words) });
    expect(error).toMatchObject({ message: expect.stringMatching(/^zookeeper: dial: .*servers/) });
  });

  it.each([undefined, null, 5, 1n, true, {}, () => 'a:1', Symbol('a:1'), new String('a:1')])(
    'that is neither a string nor an array: %s',
    (servers) => {
      expect(errorOf(servers)).toMatchObject({
        code: 'ZBADARGUMENTS',
        message: expect.stringContaining('servers must be a string or an array of strings'),
      });
    },
  );

  it.each([[[undefined]], [['a:1', 5]], [[['a:1']]], [[new String('a:1')]], [new Array(1)]])(
    'that holds something else than strings: %j',
    (servers) => {
      expect(errorOf(servers)).toMatchObject({
        code: 'ZBADARGUMENTS',
        message: expect.stringContaining('servers must hold strings only'),
      });
    },
  );
});
