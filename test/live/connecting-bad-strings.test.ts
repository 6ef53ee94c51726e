import { connect, countPendingWatches, dial, ErrorCode, ZooKeeperError } from 'libzookeeper';
import { describe, expect, it } from 'vitest';
import { expectFootprint, restingFootprint } from '../support/footprint.js';

/** What `dial` throws; undefined when it does not. */
function thrownBy(servers: unknown): unknown {
  try {
    const conn = dial(servers as string);
    void conn.close();
    return undefined;
  } catch (error) {
    return error;
  }
}

const badServers: readonly (readonly [what: string, servers: unknown])[] = [
  ['an empty string', ''],
  ['an empty array', []],
  ['an array with an empty string', ['']],
  ['blanks only', '   '],
  ['a host without a port', '127.0.0.1'],
  ['a second host without a port', '127.0.0.1:2181,127.0.0.1'],
  ['a host with a colon and no port', '127.0.0.1:'],
  ['a port without a host', ':2181'],
  ['port 0', '127.0.0.1:0'],
  ['port 65536', '127.0.0.1:65536'],
  ['port 99999', '127.0.0.1:99999'],
  ['a port of many digits', '127.0.0.1:218100000000000000000'],
  ['a negative port', '127.0.0.1:-2181'],
  ['a hexadecimal port', '127.0.0.1:0x10'],
  ['a port with a sign', '127.0.0.1:+2181'],
  ['a port with an exponent', '127.0.0.1:2e3'],
  ['a port with a fraction', '127.0.0.1:21.5'],
  ['a blank port', '127.0.0.1: '],
  ['a blank within an entry', '127.0.0.1 :2181'],
  ['a blank ahead of the port', '127.0.0.1: 2181'],
  ['a port in other digits', '127.0.0.1:٢١٨١'],
  ['a port by name', '127.0.0.1:http'],
  ['an empty entry in the middle', 'a:1,,b:2'],
  ['an empty entry at the start', ',a:1'],
  ['an empty entry at the end', 'a:1,'],
  ['an empty entry in an array', ['a:1', '', 'b:2']],
  ['a chroot and no server', '/app'],
  ['a chroot without its slash', '127.0.0.1:2181app'],
  ['a chroot that ends with a slash', '127.0.0.1:2181/app/'],
  ['a chroot with a double slash ahead', '127.0.0.1:2181//app'],
  ['a chroot with a double slash in the middle', '127.0.0.1:2181/app//b'],
  ['a chroot with a dot for a name', '127.0.0.1:2181/app/.'],
  ['a chroot that goes up', '127.0.0.1:2181/app/../other'],
  ['a chroot ahead of the last server', '127.0.0.1:2181/app,127.0.0.1:2182'],
  ['a chroot in the middle of an array', ['127.0.0.1:2181/app', '127.0.0.1:2182']],
  ['a chroot on each of an array', ['127.0.0.1:2181/app', '127.0.0.1:2182/app']],
  ['a NUL in the host', '127.0.0.1\0:2181'],
  ['a NUL in the chroot', '127.0.0.1:2181/a\0b'],
  ['a NUL at the end', '127.0.0.1:2181\0'],
  ['a line break in the middle', '127.0.0.1:2181\n127.0.0.1:2182'],
  ['IPv6 without brackets', '::1:2181'],
  ['IPv6 without brackets and port', '::1'],
  ['IPv6 in brackets without a port', '[::1]'],
  ['IPv6 with one bracket', '[::1:2181'],
  ['brackets around a name', '[localhost]:2181'],
  ['empty brackets', '[]:2181'],
  ['credentials', 'user:password@127.0.0.1:2181'],
  ['a URL', 'zk://127.0.0.1:2181'],
  ['undefined', undefined],
  ['null', null],
  ['a number', 2181],
  ['an object', { host: '127.0.0.1', port: 2181 }],
  ['an object with a toString', { toString: () => '127.0.0.1:2181' }],
  ['a symbol', Symbol('servers')],
  ['a Buffer', Buffer.from('127.0.0.1:2181')],
  ['an array with a number', ['127.0.0.1:2181', 2181]],
  ['an array with undefined', [undefined]],
  ['a nested array', [['127.0.0.1:2181']]],
  ['an array with a hole', Object.assign(new Array(2), { 0: '127.0.0.1:2181' })],
];

// conformance 1
describe('a server list that is wrong fails at the call of dial', () => {
  it.each(badServers)('%s', (_what, servers) => {
    const before = countPendingWatches();
    const error = thrownBy(servers);
    expect(error).toBeInstanceOf(ZooKeeperError);
    expect(error).toMatchObject({
      op: 'dial',
      code: 'ZBADARGUMENTS',
      errno: ErrorCode.ZBADARGUMENTS,
      message: expect.stringMatching(/^zookeeper: dial: .*servers/),
    });
    expect(countPendingWatches()).toBe(before);
  });
});

describe('a server list that is wrong', () => {
  // conformance 1
  it('without a port leaves nothing running', async () => {
    const before = await restingFootprint();
    for (let i = 0; i < 100; i += 1) expect(thrownBy('127.0.0.1')).toBeDefined();
    await expectFootprint(before);
  });

  it('makes connect reject in the same way', async () => {
    await expect(connect('127.0.0.1')).rejects.toMatchObject({
      op: 'dial',
      code: 'ZBADARGUMENTS',
      message: expect.stringMatching(/^zookeeper: dial: .*no port in "127\.0\.0\.1"/),
    });
  });

  it('is told which of its entries is wrong', () => {
    expect(thrownBy('a:1,b:99999,c:3')).toMatchObject({
      message: expect.stringContaining('b:99999'),
    });
  });
});
