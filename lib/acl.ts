import { createHash } from 'node:crypto';
import { MAX_BYTES } from './arguments.js';
import { badArgument, type Call, shown } from './bad-arguments.js';
import { Perm } from './constants.js';
import { PackedReader } from './packed.js';

/**
 * One entry of an access control list. gozk's `ACL`; from `struct ACL`.
 *
 * @example
 * ```ts
 * const mayRead: ACL = { scheme: 'ip', id: '10.0.0.0/8', perms: Perm.READ };
 * await conn.create('/a', 'data', { acl: [mayRead, ...authACL(Perm.ALL)] });
 * ```
 */
export interface ACL {
  /** What may be done: a sum of {@link Perm}. */
  readonly perms: number;
  /** How the id is to be understood: `'world'`, `'auth'`, `'digest'`, `'ip'`, `'sasl'`, `'x509'`. */
  readonly scheme: string;
  /** Who may do it, in the scheme's own words. */
  readonly id: string;
}

function checkPerms(op: string, perms: unknown): number {
  if (!isPerms(perms)) {
    throw badArgument({ op }, `perms must be ${permsRange}, not ${shown(perms)}`);
  }
  return perms;
}

function isPerms(perms: unknown): perms is number {
  return typeof perms === 'number' && Number.isInteger(perms) && perms >= 0 && perms <= Perm.ALL;
}

const permsRange = `a sum of Perm, an integer from 0 to ${Perm.ALL}`;

/**
 * Anyone at all. gozk's `WorldACL`.
 *
 * @param perms - a sum of {@link Perm}
 *
 * @example
 * ```ts
 * await conn.create('/a', 'data', { acl: worldACL(Perm.READ) });
 * ```
 */
export function worldACL(perms: number): ACL[] {
  return [{ perms: checkPerms('worldACL', perms), scheme: 'world', id: 'anyone' }];
}

/**
 * Whoever the creating connection has authenticated as, by {@link Conn.addAuth}. gozk's `AuthACL`.
 *
 * @param perms - a sum of {@link Perm}
 *
 * @example
 * ```ts
 * await conn.addAuth('digest', 'user:password');
 * await conn.create('/mine', 'data', { acl: authACL(Perm.ALL) });
 * ```
 */
export function authACL(perms: number): ACL[] {
  return [{ perms: checkPerms('authACL', perms), scheme: 'auth', id: '' }];
}

/**
 * Whoever knows the password. The server stores its SHA-1, which is what this makes; the other side is
 * `addAuth('digest', 'user:password')`.
 *
 * @param perms - a sum of {@link Perm}
 * @param user - without a colon
 * @param password - any string
 * @throws ZooKeeperError `ZBADARGUMENTS` that names the argument
 *
 * @example
 * ```ts
 * await conn.create('/a', 'data', { acl: digestACL(Perm.ALL, 'user', 'password') });
 * ```
 */
export function digestACL(perms: number, user: string, password: string): ACL[] {
  const call = { op: 'digestACL' };
  checkPerms(call.op, perms);
  checkText(call, 'user', user);
  checkText(call, 'password', password);
  if (user === '' || user.includes(':')) {
    throw badArgument(call, 'user must not be empty, nor hold a colon');
  }
  const digest = createHash('sha1').update(`${user}:${password}`, 'utf8').digest('base64');
  return [{ perms, scheme: 'digest', id: `${user}:${digest}` }];
}

function checkText(call: Call, name: string, value: unknown): string {
  if (typeof value !== 'string') {
    throw badArgument(call, `${name} must be a string, not ${shown(value)}`);
  }
  if (value.includes('\0')) throw badArgument(call, `${name} must not hold a NUL character`);
  if (!value.isWellFormed()) throw badArgument(call, `${name} must not hold a lone surrogate`);
  return value;
}

/**
 * Validates a list and packs it as `native/acl.h` says: for each entry the permissions, then scheme and id with their
 * lengths ahead. Null stands for the open list, which native code has at hand.
 *
 * @param acl - what the caller gave
 * @throws ZooKeeperError `ZBADARGUMENTS` that names the entry
 */
export function packACL(call: Call, acl: unknown): Buffer | null {
  if (!Array.isArray(acl)) {
    throw badArgument(call, `acl must be an array of { perms, scheme, id }, not ${shown(acl)}`);
  }
  const parts: Buffer[] = [];
  for (const [index, entry] of acl.entries()) {
    const name = `acl[${index}]`;
    if (typeof entry !== 'object' || entry === null) {
      throw badArgument(call, `${name} must be { perms, scheme, id }, not ${shown(entry)}`);
    }
    const { perms, scheme, id } = entry as Record<keyof ACL, unknown>;
    if (!isPerms(perms)) {
      throw badArgument(call, `${name}.perms must be ${permsRange}, not ${shown(perms)}`);
    }
    parts.push(packNumber(perms));
    parts.push(...packText(checkText(call, `${name}.scheme`, scheme)));
    parts.push(...packText(checkText(call, `${name}.id`, id)));
  }
  const packed = Buffer.concat(parts);
  if (packed.length > MAX_BYTES) {
    throw badArgument(call, `acl has ${packed.length} bytes; ${MAX_BYTES} are the most`);
  }
  return packed.equals(openList) ? null : packed;
}

function packNumber(number: number): Buffer {
  return Buffer.from(Int32Array.of(number).buffer);
}

function packText(text: string): [Buffer, Buffer] {
  const bytes = Buffer.from(text, 'utf8');
  return [packNumber(bytes.length), bytes];
}

/** Anyone may do anything, packed. */
const openList = Buffer.concat([packNumber(Perm.ALL), ...packText('world'), ...packText('anyone')]);

/**
 * Packs a credential as an entry of a list, which native code reads both as: the certificate stands for the id, and there are
 * no permissions.
 */
export function packCredential(scheme: string, certificate: Buffer): Buffer {
  return Buffer.concat([
    packNumber(0),
    ...packText(scheme),
    packNumber(certificate.length),
    certificate,
  ]);
}

/**
 * Reads a list that native code packed.
 *
 * @param bytes - the payload of a reply
 * @param count - how many entries it holds
 */
export function unpackACL(bytes: Buffer, count: number): ACL[] {
  const reader = new PackedReader(bytes);
  return Array.from({ length: count }, () => ({
    perms: reader.number(),
    scheme: reader.text(),
    id: reader.text(),
  }));
}
