/** Whether the machine's numbers have their lowest byte first. */
export const littleEndian = new Uint8Array(Int32Array.of(1).buffer)[0] === 1;

/** Bytes of a number. */
const NUMBER = 4;

/** The most bytes that UTF-8 takes for one unit of UTF-16. */
const BYTES_OF_UNIT = 3;

/** Text up to this long is written here, if it is ASCII: to call into native code for it takes longer. */
const SHORT = 64;

/** Writes numbers, bytes and text one behind the other, as `native/packed.h` says. It grows as it is written to. */
export class PackedWriter {
  #bytes: Buffer;
  #view: DataView;
  #at = 0;

  /** @param size - about as many bytes as will be written */
  constructor(size: number) {
    this.#bytes = Buffer.allocUnsafe(size);
    this.#view = this.#newView();
  }

  /** How many bytes were written. */
  get length(): number {
    return this.#at;
  }

  /** What was written. To be taken once, at the end. */
  get packed(): Buffer {
    return this.#bytes.subarray(0, this.#at);
  }

  number(value: number): void {
    this.#reserve(NUMBER);
    this.#view.setInt32(this.#at, value, littleEndian);
    this.#at += NUMBER;
  }

  /** Bytes, with their length ahead; null has a length of -1. */
  bytes(bytes: Uint8Array | null): void {
    this.number(bytes?.length ?? -1);
    if (bytes === null) return;
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#at);
    this.#at += bytes.length;
  }

  /** A string in UTF-8, with the length of that ahead and a byte of zero behind, which the length leaves out. */
  text(text: string): void {
    this.#reserve(NUMBER + BYTES_OF_UNIT * text.length + 1);
    const start = this.#at + NUMBER;
    const length = this.#writeASCII(text, start) ? text.length : this.#bytes.write(text, start);
    this.number(length);
    this.#at += length;
    this.#bytes[this.#at] = 0;
    this.#at += 1;
  }

  /** @returns whether it was short and ASCII, and all of it was written */
  #writeASCII(text: string, start: number): boolean {
    const { length } = text;
    if (length > SHORT) return false;
    for (let index = 0; index < length; index += 1) {
      const unit = text.charCodeAt(index);
      if (unit > 0x7f) return false;
      this.#bytes[start + index] = unit;
    }
    return true;
  }

  #reserve(more: number): void {
    const needed = this.#at + more;
    if (needed <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafe(Math.max(needed, 2 * this.#bytes.length));
    grown.set(this.packed);
    this.#bytes = grown;
    this.#view = this.#newView();
  }

  #newView(): DataView {
    const { buffer, byteOffset, byteLength } = this.#bytes;
    return new DataView(buffer, byteOffset, byteLength);
  }
}

/** Reads what native code packed. */
export class PackedReader {
  readonly #bytes: Buffer;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  number(): number {
    this.#at += NUMBER;
    return this.#view.getInt32(this.#at - NUMBER, littleEndian);
  }

  text(): string {
    const length = this.number();
    this.#at += length;
    return this.#bytes.toString('utf8', this.#at - length, this.#at);
  }
}
