import { op } from 'libzookeeper';
import { describe, expect, it } from 'vitest';
import { packOps } from '../../dist/multi.js';
import { PackedReader } from '../../dist/packed.js';
import { RecordLayout as L } from '../../dist/record-layout.js';

const pack = (ops: unknown) => packOps({ op: 'multi' }, ops, false);

describe('ops on their way to native code', () => {
  it('are their number, and numbers and texts, one behind the other', () => {
    const { packed, names } = pack([op.set('/ä', 'data', 7)]);
    const reader = new PackedReader(packed);
    expect(reader.number()).toBe(1);
    expect([reader.number(), reader.number(), reader.text()]).toEqual([L.OP_SET, 7, '/ä']);
    // A NUL behind the path.
    expect(packed.subarray(19)).toEqual(Buffer.from([0, 4, 0, 0, 0, ...Buffer.from('data')]));
    expect(names).toEqual([{ op: 'set', path: '/ä' }]);
  });

  it('have their paths whole, however long, and whatever their alphabet', () => {
    const paths = Array.from({ length: 200 }, (_, length) => `/${'a'.repeat(length)}`);
    const all = [
      ...paths,
      ...paths.map((path) => `${path}€`),
      ...paths.map((path) => `/ä${path.slice(1)}`),
    ];
    const number = (value: number) => Buffer.from(Int32Array.of(value).buffer);
    const expected = all.flatMap((path) => {
      const bytes = Buffer.from(path);
      return [number(L.OP_DELETE), number(-1), number(bytes.length), bytes, Buffer.of(0)];
    });
    const { packed } = pack(all.map((path) => op.delete(path)));
    expect(packed).toEqual(Buffer.concat([number(all.length), ...expected]));
  });

  it('take no more memory than they have use for, however many there seem to be', () => {
    expect(() => pack(new Array(2 ** 32 - 1))).toThrow(
      'zookeeper: multi: bad arguments: ops[0] must be what op.create, op.delete, op.set or op.check gives, not undefined',
    );
  });

  it('are copies, of what there was at the call', () => {
    const data = Buffer.from('before');
    const { packed } = pack([op.set('/a', data)]);
    data.fill('x');
    expect(packed.toString('latin1')).toContain('before');
  });

  it('hold no byte that was not given, whatever the ops do while they are looked at', () => {
    // TypeScript's library does not know resizable buffers yet.
    const Resizable = ArrayBuffer as unknown as new (
      length: number,
      options: { maxByteLength: number },
    ) => ArrayBuffer & { resize(length: number): void };
    const buffer = new Resizable(1000, { maxByteLength: 1000 });
    const sly = {
      type: 'delete',
      path: '/a',
      get version() {
        buffer.resize(3);
        return -1;
      },
    };
    const { packed } = pack([op.set('/a', new Uint8Array(buffer)), sly]);
    expect(packed).toEqual(pack([op.set('/a', Buffer.alloc(1000)), op.delete('/a')]).packed);
  });

  it('have 64 MiB at the most', () => {
    const data = Buffer.alloc(16 * 1024 * 1024);
    const ops = Array.from({ length: 4 }, () => op.set('/a', data));
    expect(() => pack(ops)).toThrow(
      'zookeeper: multi: bad arguments: ops have more than 67108864 bytes up to the one at 3',
    );
    expect(pack(ops.slice(1)).packed.length).toBe(4 + 3 * (data.length + 19));
  });
});
