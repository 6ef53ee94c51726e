import { createHash } from 'node:crypto';
import { badArgument, type Call, shown } from './bad-arguments.js';
import { Perm } from './constants.js';

/** One entry of an access control list. gozk's `ACL`; from `struct ACL`. */
export interface ACL {
  /** What may be done: a sum of {@link Perm}. */
  readonly perms: number;
  /** How the id is to be understood: `'world'`, `'auth'`, `'digest'`, `'ip'`, `'sasl'`, `'x509'`. */
  readonly scheme: string;
  /** Who may do it, in the scheme's own words. */
  readonly id: string;
}

/**
 * Anyone at all. gozk's `WorldACL`.
 *
 * @param perms - a sum of {@link Perm}
 */
export function worldACL(perms: number): ACL[] {
  return [{ perms, scheme: 'world', id: 'anyone' }];
}

/**
 * Whoever the creating connection has authenticated as, by {@link Conn.addAuth}. gozk's `AuthACL`.
 *
 * @param perms - a sum of {@link Perm}
 */
export function authACL(perms: number): ACL[] {
  return [{ perms, scheme: 'auth', id: '' }];
}

/**
 * Whoever knows the password. The server stores its SHA-1, which is what this makes; the other side is
 * `addAuth('digest', 'user:password')`.
 *
 * @param perms - a sum of {@link Perm}
 * @param user - without a colon
 * @param password - any string
 * @throws TypeError that names the argument
 */
export function digestACL(perms: number, user: string, password: string): ACL[] {
  if (typeof user !== 'string' || user === '' || user.includes(':')) {
    throw new TypeError('digestACL: user must be a string that is not empty and has no colon');
  }
  if (typeof password !== 'string') throw new TypeError('digestACL: password must be a string');
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

function isWorldAll(acl: readonly ACL[]): boolean {
  const [first] = acl;
  return (
    acl.length === 1 &&
    first?.perms === Perm.ALL &&
    first.scheme === 'world' &&
    first.id === 'anyone'
  );
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
    if (typeof perms !== 'number' || !Number.isInteger(perms) || perms < 0 || perms > Perm.ALL) {
      throw badArgument(call, `${name}.perms must be an integer from 0 to ${Perm.ALL}, not ${shown(perms)}`);
    }
    parts.push(packNumber(perms));
    parts.push(...packText(checkText(call, `${name}.scheme`, scheme)));
    parts.push(...packText(checkText(call, `${name}.id`, id)));
  }
  return isWorldAll(acl as ACL[]) ? null : Buffer.concat(parts);
}

function packNumber(number: number): Buffer {
  return Buffer.from(Int32Array.of(number).buffer);
}

function packText(text: string): [Buffer, Buffer] {
  const bytes = Buffer.from(text, 'utf8');
  return [packNumber(bytes.length), bytes];
}

/**
 * Reads a list that native code packed.
 *
 * @param bytes - the payload of a reply
 * @param count - how many entries it holds
 */
export function unpackACL(bytes: Buffer, count: number): ACL[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const littleEndian = new Uint8Array(Int32Array.of(1).buffer)[0] === 1;
  let offset = 0;
  const number = (): number => {
    const value = view.getInt32(offset, littleEndian);
    offset += 4;
    return value;
  };
  const text = (): string => {
    const length = number();
    offset += length;
    return bytes.toString('utf8', offset - length, offset);
  };
  return Array.from({ length: count }, () => ({ perms: number(), scheme: text(), id: text() }));
}
