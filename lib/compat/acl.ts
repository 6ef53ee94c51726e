import { type ACL, packACL } from '../acl.js';
import { toInt32, toText } from './arguments.js';
import { readOnly } from './read-only.js';
import type { aclObject } from './types.js';

/** An entry as `set_acl` hands it on: the permissions by the name that the first versions had. */
interface Entry {
  readonly perm: unknown;
  readonly scheme: unknown;
  readonly auth: unknown;
}

/**
 * The entries of a list, in one spelling.
 *
 * @throws TypeError when it is no list of objects
 */
export function entriesOf(list: unknown): Entry[] {
  if (!Array.isArray(list)) throw new TypeError('acl must be an array');
  return list.map((entry: unknown, index) => {
    if (entry === null || entry === undefined) {
      throw new TypeError(`acl[${index}] must be { perms, scheme, auth }`);
    }
    const { perm, perms, scheme, auth } = entry as Record<string, unknown>;
    return { perm: perm ?? perms, scheme, auth };
  });
}

/** Packs what {@link entriesOf} made for native code: null is the open list, undefined what is none. */
export function packEntries(entries: unknown): Buffer | null | undefined {
  const list = entriesOf(entries).map(({ perm, scheme, auth }) => ({
    perms: toInt32('perms', perm),
    scheme: toText(scheme),
    id: toText(auth),
  }));
  try {
    return packACL({ op: 'a_set_acl' }, list);
  } catch {
    return undefined;
  }
}

/** A list in the original's shape. */
export function aclOf(list: readonly ACL[]): aclObject[] {
  return list.map(({ perms, scheme, id }) => readOnly({ perms, scheme, auth: id }));
}
