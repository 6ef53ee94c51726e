import type { ACL } from './acl.js';
import type { Data } from './arguments.js';

/**
 * What a node that a transaction creates is to be.
 *
 * @example
 * ```ts
 * const options: CreateOpOptions = { acl: worldACL(Perm.READ) };
 * await conn.multi([op.create('/a', 'data', options)]);
 * ```
 */
export interface CreateOpOptions {
  /**
   * `EPHEMERAL`, `SEQUENCE` or both of {@link CreateFlag}; a plain node unless given. The C client can create neither
   * containers nor nodes with a time to live in a transaction.
   */
  readonly flags?: number | undefined;
  /** Who may do what; anyone anything unless given. */
  readonly acl?: readonly ACL[] | undefined;
}

/**
 * The creation of a node. Made by {@link op}.
 *
 * @example
 * ```ts
 * const first: CreateOp = op.create('/a', 'data', { flags: CreateFlag.EPHEMERAL });
 * await conn.multi([first, op.create('/b')]);
 * ```
 */
export interface CreateOp {
  readonly type: 'create';
  readonly path: string;
  readonly data: Data;
  readonly options: CreateOpOptions | undefined;
}

/**
 * The removal of a node. Made by {@link op}.
 *
 * @example
 * ```ts
 * const removal: DeleteOp = op.delete('/a');
 * await conn.multi([removal, op.delete('/b')]);
 * ```
 */
export interface DeleteOp {
  readonly type: 'delete';
  readonly path: string;
  readonly version: number;
}

/**
 * A change of a node's data. Made by {@link op}.
 *
 * @example
 * ```ts
 * const change: SetOp = op.set('/a', 'data', 3);
 * await conn.multi([change]);
 * ```
 */
export interface SetOp {
  readonly type: 'set';
  readonly path: string;
  readonly data: Data;
  readonly version: number;
}

/**
 * The condition that a node is there, in a version. Made by {@link op}.
 *
 * @example
 * ```ts
 * const unchanged: CheckOp = op.check('/a', 3);
 * await conn.multi([unchanged, op.set('/b', 'data')]);
 * ```
 */
export interface CheckOp {
  readonly type: 'check';
  readonly path: string;
  readonly version: number;
}

/**
 * One op of a transaction.
 *
 * @example
 * ```ts
 * const ops: Op[] = ['/a', '/b'].map((path) => op.delete(path));
 * await conn.multi(ops);
 * ```
 */
export type Op = CreateOp | DeleteOp | SetOp | CheckOp;

/**
 * Makes the ops that {@link Conn.multi} carries out together. An op is a plain object that says what is wanted; it may be part
 * of several transactions. What it holds is validated, and copied, when a transaction is asked for.
 *
 * @example
 * ```ts
 * const [path, stat] = await conn.multi([op.create('/a', 'data'), op.set('/b', 'data')]);
 * ```
 */
export const op = Object.freeze({
  /**
   * Creates a node; gives its path, with the number that the server appended to a sequential one. From `zoo_create_op_init`.
   *
   * @param data - a string is UTF-8; empty unless given
   */
  create(path: string, data: Data = '', options?: CreateOpOptions): CreateOp {
    return Object.freeze({ type: 'create', path, data, options });
  },

  /**
   * Removes a node; gives undefined. From `zoo_delete_op_init`.
   *
   * @param version - the version that the node must have, or -1 for any
   */
  delete(path: string, version = -1): DeleteOp {
    return Object.freeze({ type: 'delete', path, version });
  },

  /**
   * Sets a node's data; gives its {@link Stat}. From `zoo_set_op_init`.
   *
   * @param version - the version that the node must have, or -1 for any
   */
  set(path: string, data: Data, version = -1): SetOp {
    return Object.freeze({ type: 'set', path, data, version });
  },

  /**
   * Changes nothing, but has the transaction refused unless the node is there, in that version; gives undefined. From
   * `zoo_check_op_init`.
   *
   * @param version - -1 for any: the node must be there
   */
  check(path: string, version: number): CheckOp {
    return Object.freeze({ type: 'check', path, version });
  },
});
