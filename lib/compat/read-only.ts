/** An object whose properties cannot be set, but which may be added to. */
export function readOnly<Shape extends object>(values: Shape): Readonly<Shape> {
  const object: object = {};
  for (const [name, value] of Object.entries(values)) {
    Object.defineProperty(object, name, { value, enumerable: true, configurable: true });
  }
  return object as Readonly<Shape>;
}
