import { createRequire } from 'node:module';
import ours from 'libzookeeper/compat';
import { beforeAll, describe, expect, it } from 'vitest';
import { ensurePeer } from './peer/ensure.mjs';

/* No name of the original's is missing, and none is of another kind. */

type Class = typeof ours;

const require = createRequire(import.meta.url);

let original: Class;
beforeAll(async () => {
  original = require(await ensurePeer()) as Class;
}, 300_000);

/** Each own name, and what it is: whether it is seen, may be set; how many arguments it takes. */
function members(object: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(Object.getOwnPropertyDescriptors(object)).map(([name, descriptor]) => {
      const { value, get, set, enumerable } = descriptor;
      const kind = get || set ? `${get ? 'get' : ''} ${set ? 'set' : ''}`.trim() : typeof value;
      const length = typeof value === 'function' ? ` of ${value.length}` : '';
      return [name, `${kind}${length}${enumerable ? ', enumerable' : ''}`];
    }),
  );
}

const prototypes = (object: object): object[] => {
  const prototype = Object.getPrototypeOf(object);
  return prototype === null ? [object] : [object, ...prototypes(prototype)];
};

describe('the class has the members of the original:', () => {
  it('its own', () => {
    expect(members(ours)).toEqual(members(original));
  });

  it('those of the class with callbacks, 61 constants among them', () => {
    const names = members(original.ZooKeeper);
    expect(members(ours.ZooKeeper)).toEqual(names);
    expect(Object.values(names).filter((kind) => kind === 'get')).toHaveLength(61);
  });

  it('those of its instances', () => {
    expect(members(ours.prototype)).toEqual(members(original.prototype));
  });

  it('those of the instances of the class with callbacks', () => {
    expect(members(ours.ZooKeeper.prototype)).toEqual(members(original.ZooKeeper.prototype));
  });

  it('those of a new instance', () => {
    const names = (Class: Class): string[] => Object.keys(new Class({ connect: '127.0.0.1:1' }));
    expect(names(ours)).toEqual(names(original));
  });

  it('those of its promises', () => {
    const promise = (Class: Class): object => Object.getPrototypeOf(new Class().on_connected());
    expect(members(promise(ours))).toEqual(members(promise(original)));
    expect(promise(ours).constructor.name).toBe(promise(original).constructor.name);
  });

  it('the methods of its native property', () => {
    const names = (Class: Class): string[] => {
      const native = new Class().native as object;
      return [native, Object.getPrototypeOf(native)].flatMap(Object.getOwnPropertyNames);
    };
    expect(names(ours)).toEqual(expect.arrayContaining(names(original)));
  });
});

describe('the constants are those of the original:', () => {
  it('67 of them, in its order', () => {
    expect(Object.keys(ours.constants)).toHaveLength(67);
    expect(Object.entries(ours.constants)).toEqual(Object.entries(original.constants));
  });

  it('on the class as well', () => {
    for (const name of Object.keys(members(original.ZooKeeper))) {
      if (!(name in ours.constants)) continue;
      expect(Reflect.get(ours, name)).toEqual(Reflect.get(original, name));
    }
  });
});

it('the classes descend as the original ones do', () => {
  const names = (Class: Class): string[] =>
    prototypes(Class.prototype).map((prototype) => prototype.constructor.name);
  expect(names(ours)).toEqual(names(original));
  expect(ours.ZK).toBe(ours);
  expect(ours.Promise).toBe(ours);
  expect(Object.getPrototypeOf(ours)).toBe(ours.ZooKeeper);
});
