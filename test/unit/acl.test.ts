import { createHash } from 'node:crypto';
import {
  type ACL,
  authACL,
  digestACL,
  isError,
  Perm,
  worldACL,
  ZooKeeperError,
} from 'libzookeeper';
import { describe, expect, it } from 'vitest';
import { packACL, unpackACL } from '../../dist/acl.js';

describe('lists for the usual cases', () => {
  it('worldACL is for anyone', () => {
    expect(worldACL(Perm.ALL)).toEqual([{ perms: 31, scheme: 'world', id: 'anyone' }]);
    expect(worldACL(Perm.READ)).toEqual([{ perms: 1, scheme: 'world', id: 'anyone' }]);
  });

  it('authACL is for whoever creates the node', () => {
    expect(authACL(Perm.READ | Perm.WRITE)).toEqual([{ perms: 3, scheme: 'auth', id: '' }]);
  });

  it('digestACL has the SHA-1 of user and password, as the server computes it', () => {
    // What ZooKeeper's own DigestAuthenticationProvider gives.
    expect(digestACL(Perm.ALL, 'super', 'test')).toEqual([
      { perms: 31, scheme: 'digest', id: 'super:D/InIHSb7yEEbrWz8b9l71RjZJU=' },
    ]);
  });

  it('digestACL takes any password, in UTF-8', () => {
    const sha1 = createHash('sha1').update(Buffer.from('u:ä:€')).digest('base64');
    expect(digestACL(1, 'u', 'ä:€')[0]?.id).toBe(`u:${sha1}`);
    expect(digestACL(1, 'u', '')[0]?.id).toMatch(/^u:.{28}$/);
  });

  it('gives a list of its own each time', () => {
    expect(worldACL(31)).not.toBe(worldACL(31));
    expect(worldACL(31)[0]).not.toBe(worldACL(31)[0]);
  });
});

describe('a packed list', () => {
  const call = { op: 'create', path: '/a' };

  const lists: readonly (readonly ACL[])[] = [
    [],
    worldACL(Perm.READ),
    authACL(Perm.ALL),
    digestACL(Perm.ALL, 'ü', 'p'),
    [...worldACL(1), ...authACL(2), { perms: 0, scheme: '', id: '' }],
    [{ perms: 31, scheme: 'x509', id: 'CN=€,O=\u{1f600}' }],
    Array.from({ length: 1000 }, (_, index) => ({
      perms: index % 32,
      scheme: 'ip',
      id: '1'.repeat(index),
    })),
  ];
  it.each(lists)('reads back as it was', (...acl) => {
    const packed = packACL(call, acl);
    expect(packed).not.toBeNull();
    expect(unpackACL(packed as Buffer, acl.length)).toEqual(acl);
  });

  it('reads back from the middle of other bytes, where numbers are not aligned', () => {
    const acl = digestACL(Perm.ALL, 'user', 'password');
    const packed = packACL(call, acl) as Buffer;
    for (const offset of [1, 2, 3, 5]) {
      const bytes = Buffer.alloc(packed.length + 20, 0xee);
      packed.copy(bytes, offset);
      expect(unpackACL(bytes.subarray(offset, offset + packed.length), 1)).toEqual(acl);
    }
  });

  it('is null for the open list, which native code has at hand, and for no other', () => {
    expect(packACL(call, worldACL(Perm.ALL))).toBeNull();
    expect(packACL(call, worldACL(Perm.ALL & ~Perm.ADMIN))).not.toBeNull();
    expect(packACL(call, [...worldACL(Perm.ALL), ...worldACL(Perm.ALL)])).not.toBeNull();
    expect(packACL(call, [{ perms: 31, scheme: 'world', id: 'Anyone' }])).not.toBeNull();
  });

  it('is made of what was read once: an entry that says something else later changes nothing', () => {
    let reads = 0;
    const entry = {
      scheme: 'world',
      id: 'anyone',
      get perms(): number {
        reads += 1;
        return reads === 1 ? Perm.READ : Perm.ALL;
      },
    };
    const packed = packACL(call, [entry]);
    expect(packed).not.toBeNull();
    expect(unpackACL(packed as Buffer, 1)).toEqual(worldACL(Perm.READ));
  });

  it.each([
    [undefined, 'acl must be an array'],
    [{ perms: 1, scheme: 'world', id: 'anyone' }, 'acl must be an array'],
    [[undefined], 'acl[0] must be'],
    [new Array(1), 'acl[0] must be'],
    [[...worldACL(1), 'world'], 'acl[1] must be'],
    [[{ perms: 32, scheme: 'world', id: 'anyone' }], 'acl[0].perms must be'],
    [[{ perms: -1, scheme: 'world', id: 'anyone' }], 'acl[0].perms must be'],
    [[{ perms: 1.5, scheme: 'world', id: 'anyone' }], 'acl[0].perms must be'],
    [[{ perms: '31', scheme: 'world', id: 'anyone' }], 'acl[0].perms must be'],
    [[{ perms: 1, id: 'anyone' }], 'acl[0].scheme must be'],
    [[{ perms: 1, scheme: 'a\0b', id: '' }], 'acl[0].scheme must not hold a NUL'],
    [[{ perms: 1, scheme: 'digest', id: 'a\0b' }], 'acl[0].id must not hold a NUL'],
    [[{ perms: 1, scheme: 'digest', id: 'a\ud800b' }], 'acl[0].id must not hold a lone surrogate'],
  ])('is refused when it makes no sense, with the name of what is wrong: %j', (acl, words) => {
    const pack = () => packACL(call, acl);
    expect(pack).toThrow(ZooKeeperError);
    expect(pack).toThrow(`zookeeper: create "/a": bad arguments: ${words}`);
    try {
      pack();
    } catch (error) {
      expect(isError(error, -8)).toBe(true);
    }
  });
});
