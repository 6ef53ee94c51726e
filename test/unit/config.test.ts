import { ErrorCode, isError, parseConfig } from 'libzookeeper';
import { describe, expect, it } from 'vitest';

describe('parseConfig', () => {
  it('gives the version and the members, by number', () => {
    const text = [
      'server.2=10.0.0.2:2888:3888:observer;0.0.0.0:2181',
      'server.1=zoo1.example.com:2889:3889:participant;zoo1.example.com:2182',
      'version=1a0000000f',
    ].join('\n');
    expect(parseConfig(Buffer.from(text))).toEqual({
      version: 0x1a0000000fn,
      members: [
        {
          id: 1,
          host: 'zoo1.example.com',
          quorumPort: 2889,
          electionPort: 3889,
          role: 'participant',
          clientHost: 'zoo1.example.com',
          clientPort: 2182,
        },
        {
          id: 2,
          host: '10.0.0.2',
          quorumPort: 2888,
          electionPort: 3888,
          role: 'observer',
          clientHost: '0.0.0.0',
          clientPort: 2181,
        },
      ],
      other: {},
    });
  });

  it('knows a member without a role or without an address for clients', () => {
    expect(parseConfig('server.1=a:2888:3888\nserver.2=b:2888:3888;2181\n').members).toEqual([
      { id: 1, host: 'a', quorumPort: 2888, electionPort: 3888, role: 'participant' },
      {
        id: 2,
        host: 'b',
        quorumPort: 2888,
        electionPort: 3888,
        role: 'participant',
        clientHost: '0.0.0.0',
        clientPort: 2181,
      },
    ]);
  });

  it('knows IPv6 and several addresses of a member', () => {
    const [member] = parseConfig('server.7=[::1]:1:2|b:3:4:observer;[fe80::2]:2181').members;
    expect(member).toEqual({
      id: 7,
      host: '::1',
      quorumPort: 1,
      electionPort: 2,
      role: 'observer',
      clientHost: 'fe80::2',
      clientPort: 2181,
      furtherAddresses: [{ host: 'b', quorumPort: 3, electionPort: 4 }],
    });
  });

  it('keeps weights and groups', () => {
    const { members, other } = parseConfig('group.1=1:2\nweight.1 = 2\nserver.1=a:1:2\n');
    expect(other).toEqual({ 'group.1': '1:2', 'weight.1': '2' });
    expect(members).toHaveLength(1);
  });

  it('gives no members for the empty configuration of a server on its own', () => {
    expect(parseConfig(Buffer.alloc(0))).toEqual({ version: 0n, members: [], other: {} });
  });

  it('does not take a name of an object for something that it knows', () => {
    expect(Object.entries(parseConfig('__proto__=1').other)).toEqual([['__proto__', '1']]);
  });

  it.each([
    ['hello'],
    ['version=xyz'],
    ['server.1=a:1'],
    ['server.1=a:1:2:leader'],
    ['server.1=a:1:2;b;c'],
    ['server.1=a:1:2;b:'],
    [17],
    [null],
    [undefined],
  ])('refuses %j', (data) => {
    expect(() => parseConfig(data as string)).toThrow(
      expect.toSatisfy((error) => isError(error, ErrorCode.ZBADARGUMENTS)),
    );
    expect(() => parseConfig(data as string)).toThrow(
      /^zookeeper: parseConfig: bad arguments: data/,
    );
  });
});
