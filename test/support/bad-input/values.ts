/** A value for an argument that it may make no sense for. It is made anew for each call. */
export interface Sample {
  readonly name: string;
  readonly make: () => unknown;
}

function detached(): Uint8Array {
  const bytes = new Uint8Array(8).fill(7);
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
  return bytes;
}

/** A view whose part of the memory has gone; it claims to be empty. */
function shrunk(): Uint8Array {
  // TypeScript's library does not know resizable buffers yet.
  const Resizable = ArrayBuffer as unknown as new (
    length: number,
    options: { maxByteLength: number },
  ) => ArrayBuffer & { resize(length: number): void };
  const buffer = new Resizable(8, { maxByteLength: 16 });
  const bytes = new Uint8Array(buffer, 4, 4).fill(7);
  buffer.resize(2);
  return bytes;
}

function revoked(target: object): unknown {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

/** Has no string, no number, and no property that can be read. */
function hostile(target: object): unknown {
  const refuse = (): never => {
    throw new Error('mine');
  };
  return new Proxy(target, { get: refuse, has: refuse, ownKeys: refuse });
}

const values = {
  undefined: () => undefined,
  null: () => null,
  true: () => true,
  false: () => false,
  '0': () => 0,
  '1': () => 1,
  '-1': () => -1,
  '-2': () => -2,
  '0.5': () => 0.5,
  NaN: () => Number.NaN,
  Infinity: () => Number.POSITIVE_INFINITY,
  '2 ** 31': () => 2 ** 31,
  '2 ** 53': () => 2 ** 53,
  '1e21': () => 1e21,
  '1n': () => 1n,
  'a symbol': () => Symbol('x'),
  'a function': () => () => '/bad/x',
  'an empty string': () => '',
  'a string': () => 'x',
  'a string of digits': () => '1',
  'a string with a NUL': () => '/bad/x\0y',
  'a lone surrogate': () => '/bad/\ud800',
  'a boxed string': () => new String('/bad/x'),
  'a boxed number': () => new Number(1),
  'an object': () => ({}),
  'an object without a prototype': () => Object.create(null),
  'an object with a toString': () => ({ toString: () => '/bad/x', valueOf: () => 1 }),
  'a date': () => new Date(0),
  'a promise': () => Promise.resolve('/bad/x'),
  'an array': () => [],
  'an array of nothing': () => [undefined],
  'an array of a path': () => ['/bad/x'],
  'a revoked Proxy': () => revoked({}),
  'a revoked Proxy of an array': () => revoked([]),
  'a revoked Proxy of a function': () => revoked(() => {}),
  'a hostile Proxy': () => hostile({}),
  bytes: () => new Uint8Array(8),
  'detached bytes': detached,
  'bytes of a shrunk buffer': shrunk,
  'an object with the prototype of bytes': () => Object.create(Uint8Array.prototype),
  'a Proxy of bytes': () => new Proxy(new Uint8Array(8), {}),
  'an array of 16-bit numbers': () => new Uint16Array(8),
  'clamped bytes': () => new Uint8ClampedArray(8),
  'a DataView': () => new DataView(new ArrayBuffer(8)),
  'an ArrayBuffer': () => new ArrayBuffer(8),
  'a SharedArrayBuffer': () => new SharedArrayBuffer(8),
} satisfies Record<string, () => unknown>;

export type SampleName = keyof typeof values;

/** All of them, but for those that make sense. */
export function allBut(...names: readonly SampleName[]): Sample[] {
  return Object.entries(values)
    .filter(([name]) => !names.includes(name as SampleName))
    .map(([name, make]) => ({ name, make }));
}

/** What cannot be an object with options: what is no object, or is of a kind that has a meaning of its own. */
export function noOptions(...names: readonly SampleName[]): Sample[] {
  return [
    ...allBut(...names).filter(({ make }) => typeof make() !== 'object'),
    ...only('null', 'an array', 'an array of nothing', 'an array of a path'),
    ...only('a revoked Proxy', 'a revoked Proxy of an array'),
  ];
}

function only(...names: readonly SampleName[]): Sample[] {
  return names.map((name) => ({ name, make: values[name] }));
}

/** Values of this argument's own. */
export function these(samples: Readonly<Record<string, unknown>>): Sample[] {
  return Object.entries(samples).map(([name, value]) => ({ name, make: () => value }));
}

/** What is no data for a node. */
export function badData(...names: readonly SampleName[]): Sample[] {
  return [
    ...allBut('null', 'an empty string', ...texts, 'a string with a NUL', 'bytes', ...names),
    { name: 'too much', make: () => Buffer.alloc(2 ** 26 + 1) },
  ];
}

/** Longer than anything that ZooKeeper takes. */
export const tooLong: Sample = { name: 'too much', make: () => 'x'.repeat(2 ** 26 + 1) };

export const texts = ['a string', 'a string of digits'] as const;

export const badSignals: readonly Sample[] = [
  ...allBut('undefined'),
  ...these({
    'an object with the prototype of a signal': Object.create(AbortSignal.prototype),
    'something like a signal': { aborted: false, addEventListener() {}, removeEventListener() {} },
    'a controller': new AbortController(),
  }),
];

export const badPerms: readonly Sample[] = [
  ...allBut('0', '1'),
  ...these({ '32': 32, '-(2 ** 31)': -(2 ** 31) }),
];

/** The one that asks anything of a server would end the session. */
export const badSchemes: readonly Sample[] = [...allBut(...texts), tooLong];

export const badCerts: readonly Sample[] = [
  ...allBut('an empty string', ...texts, 'a string with a NUL', 'bytes'),
  { name: 'too much', make: () => Buffer.alloc(2 ** 26 + 1) },
];
