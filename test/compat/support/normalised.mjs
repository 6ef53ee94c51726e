/*
 * What a scenario saw, in a form that two runs of it have in common: numbers that the server hands out,
 * and times, give way to names.
 */

const zxids = ['czxid', 'mzxid', 'pzxid'];

/** Puts the values of one scenario into that form. */
export class Normaliser {
  #names = new Map();
  #zxids = new Map();
  #known;

  /** @param known - strings that stand in texts, and what to write for them; asked each time */
  constructor(known) {
    this.#known = known;
  }

  /** Has an object written as a name. */
  name(object, name) {
    this.#names.set(object, name);
  }

  value(value) {
    if (value === undefined) return '<undefined>';
    if (typeof value === 'function') return '<function>';
    if (typeof value === 'bigint' || typeof value === 'symbol') return `<${String(value)}>`;
    if (typeof value === 'string') return this.#text(value);
    if (typeof value === 'number') return Number.isFinite(value) ? value : `<${value}>`;
    if (value === null || typeof value !== 'object') return value;
    return this.#object(value);
  }

  #object(value) {
    const name = this.#names.get(value);
    if (name !== undefined) return name;
    if (value instanceof Date) return '<Date>';
    if (Buffer.isBuffer(value)) return `<Buffer ${this.#bytes(value)}>`;
    if (value instanceof Error) return this.#error(value);
    if (Array.isArray(value)) return value.map((item) => this.value(item));
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        key,
        zxids.includes(key) ? this.#zxid(item) : this.value(item),
      ]),
    );
  }

  #error(error) {
    return {
      error: error.name,
      message: this.#text(error.message),
      own: Object.getOwnPropertyNames(error)
        .filter((key) => key !== 'stack')
        .sort(),
    };
  }

  #bytes(bytes) {
    return bytes.length > 64 ? `of ${bytes.length}` : bytes.toString('hex');
  }

  /** Small ones belong to nodes that the server began with. */
  #zxid(zxid) {
    if (zxid === 0) return 0;
    if (!this.#zxids.has(zxid)) this.#zxids.set(zxid, `zxid ${this.#zxids.size + 1}`);
    return this.#zxids.get(zxid);
  }

  #text(text) {
    let result = text;
    for (const [from, to] of this.#known()) if (from !== '') result = result.replaceAll(from, to);
    return result;
  }
}
