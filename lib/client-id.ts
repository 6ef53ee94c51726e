import { isUint8Array } from 'node:util/types';

/** Bytes of a saved identity: the id, then the password. */
const SAVED_BYTES = 24;
const PASSWORD_BYTES = 16;

/**
 * A session's identity, to resume it with: {@link redial}. gozk's `ClientId`; from `clientid_t`.
 *
 * Whoever has it can act as the session: treat it as a secret.
 *
 * @example
 * ```ts
 * const saved = conn.clientId.save();
 * const again = redial('127.0.0.1:2181', ClientId.load(saved));
 * ```
 */
export class ClientId {
  /** Tells a real one from an object that was given the prototype. */
  readonly #isReal = true;
  /** The session's id. */
  readonly id: bigint;
  /** The session's password, 16 bytes. */
  readonly passwd: Buffer;

  /**
   * @param id - an integer of 64 bits, signed
   * @param passwd - 16 bytes, which are copied
   * @throws TypeError or RangeError that names the argument
   */
  constructor(id: bigint, passwd: Uint8Array) {
    if (typeof id !== 'bigint') throw new TypeError('ClientId: id must be a bigint');
    if (BigInt.asIntN(64, id) !== id) {
      throw new RangeError('ClientId: id must fit in 64 bits, signed');
    }
    if (!isUint8Array(passwd)) {
      throw new TypeError('ClientId: passwd must be a Buffer or a Uint8Array');
    }
    if (passwd.length !== PASSWORD_BYTES) {
      throw new RangeError(
        `ClientId: passwd must have ${PASSWORD_BYTES} bytes, not ${passwd.length}`,
      );
    }
    this.id = id;
    this.passwd = Buffer.from(passwd);
    Object.freeze(this);
  }

  /** Whether a value is a ClientId that the constructor made. */
  static isClientId(value: unknown): value is ClientId {
    return typeof value === 'object' && value !== null && #isReal in value && value.#isReal;
  }

  /** The identity in 24 bytes, as gozk writes it: the id, big-endian, then the password. gozk's `ClientId.Save`. */
  save(): Buffer {
    const saved = Buffer.alloc(SAVED_BYTES);
    saved.writeBigInt64BE(this.id, 0);
    this.passwd.copy(saved, SAVED_BYTES - PASSWORD_BYTES);
    return saved;
  }

  /**
   * Reads what {@link save} wrote. gozk's `LoadClientId`.
   *
   * @param saved - 24 bytes
   * @throws TypeError or RangeError when it is not 24 bytes
   */
  static load(saved: Uint8Array): ClientId {
    if (!isUint8Array(saved)) {
      throw new TypeError('ClientId.load: saved must be a Buffer or a Uint8Array');
    }
    if (saved.length !== SAVED_BYTES) {
      throw new RangeError(
        `ClientId.load: saved must have ${SAVED_BYTES} bytes, not ${saved.length}`,
      );
    }
    const bytes = Buffer.from(saved.buffer, saved.byteOffset, saved.byteLength);
    return new ClientId(bytes.readBigInt64BE(0), bytes.subarray(SAVED_BYTES - PASSWORD_BYTES));
  }
}
