import { ClientId } from 'libzookeeper';
import { describe, expect, it } from 'vitest';

const PASSWORD = Buffer.from('0123456789abcdef', 'latin1');

function detached(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
  return bytes;
}

describe('ClientId', () => {
  it.each([
    [0n, '0000000000000000'],
    [1n, '0000000000000001'],
    [0x0102030405060708n, '0102030405060708'],
    [-1n, 'ffffffffffffffff'],
    [2n ** 63n - 1n, '7fffffffffffffff'],
    [-(2n ** 63n), '8000000000000000'],
  ])('is saved in 24 bytes, the id %d first and big-endian', (id, hex) => {
    const saved = new ClientId(id, PASSWORD).save();
    expect(saved).toBeInstanceOf(Buffer);
    expect(saved.toString('hex')).toBe(hex + PASSWORD.toString('hex'));

    const loaded = ClientId.load(saved);
    expect(loaded.id).toBe(id);
    expect(loaded.passwd).toEqual(PASSWORD);
  });

  it('is loaded from a view in the middle of other bytes', () => {
    const bytes = new Uint8Array(40).fill(0xee);
    bytes.set(new ClientId(7n, PASSWORD).save(), 5);
    const { id, passwd } = ClientId.load(bytes.subarray(5, 29));
    expect({ id, passwd }).toEqual({ id: 7n, passwd: PASSWORD });
  });

  it('keeps a copy of the password, however it was made', () => {
    const password = Buffer.from(PASSWORD);
    const made = new ClientId(1n, password);
    const saved = made.save();
    const loaded = ClientId.load(saved);
    password.fill(0);
    saved.fill(0);
    expect(made.passwd).toEqual(PASSWORD);
    expect(loaded.passwd).toEqual(PASSWORD);
    expect(loaded.id).toBe(1n);
  });

  it('takes shared memory', () => {
    const shared = new Uint8Array(new SharedArrayBuffer(16));
    shared.set(PASSWORD);
    const { passwd } = new ClientId(1n, shared);
    shared.fill(0);
    expect(passwd).toEqual(PASSWORD);
  });

  it.each([1, '1', undefined, null, Object(1n)])('refuses an id that is no bigint: %s', (id) => {
    expect(() => new ClientId(id as bigint, PASSWORD)).toThrow(
      new TypeError('ClientId: id must be a bigint'),
    );
  });

  it.each([2n ** 63n, -(2n ** 63n) - 1n, 2n ** 64n])('refuses an id of more bits: %d', (id) => {
    expect(() => new ClientId(id, PASSWORD)).toThrow(RangeError);
  });

  it.each([
    undefined,
    null,
    '0123456789abcdef',
    [...PASSWORD],
    new ArrayBuffer(16),
    new Uint16Array(16),
  ])('refuses a password that is no bytes: %s', (passwd) => {
    expect(() => new ClientId(1n, passwd as unknown as Uint8Array)).toThrow(
      /^ClientId: passwd must be/,
    );
  });

  it.each([0, 15, 17])('refuses a password of %d bytes', (length) => {
    expect(() => new ClientId(1n, new Uint8Array(length))).toThrow(
      new RangeError(`ClientId: passwd must have 16 bytes, not ${length}`),
    );
  });

  it.each([0, 23, 25])('refuses to load %d bytes', (length) => {
    expect(() => ClientId.load(new Uint8Array(length))).toThrow(
      new RangeError(`ClientId.load: saved must have 24 bytes, not ${length}`),
    );
  });

  it('refuses to load what is no bytes, or no longer there', () => {
    expect(() => ClientId.load('x' as unknown as Uint8Array)).toThrow(TypeError);
    expect(() => ClientId.load(detached(24))).toThrow(/^ClientId\.load: saved must/);
    expect(() => new ClientId(1n, detached(16))).toThrow(/^ClientId: passwd must/);
  });
});
