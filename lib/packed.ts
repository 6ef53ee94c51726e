/** Whether the machine's numbers have their lowest byte first. */
export const littleEndian = new Uint8Array(Int32Array.of(1).buffer)[0] === 1;

/** Bytes of a number. */
const NUMBER = 4;

/** How many bytes {@link PackedWriter.bytes} takes for bytes, or null. */
export function packedBytes(bytes: Uint8Array | null): number {
  return NUMBER + (bytes?.length ?? 0);
}

/** Writes numbers and bytes one behind the other, as `native/packed.h` says. */
export class PackedWriter {
  readonly #bytes: Buffer;
  readonly #view: DataView;
  #at = 0;

  /** @param size - bytes of all that will be written, at the most */
  constructor(size: number) {
    this.#bytes = Buffer.allocUnsafeSlow(size);
    this.#view = new DataView(this.#bytes.buffer);
  }

  /** What was written so far. */
  get packed(): Buffer {
    return this.#bytes.subarray(0, this.#at);
  }

  number(value: number): void {
    this.#view.setInt32(this.#at, value, littleEndian);
    this.#at += NUMBER;
  }

  /** Bytes, with their length ahead; null has a length of -1. */
  bytes(bytes: Uint8Array | null): void {
    this.number(bytes?.length ?? -1);
    if (bytes === null) return;
    this.#bytes.set(bytes, this.#at);
    this.#at += bytes.length;
  }

  /** A byte of zero. */
  nul(): void {
    this.#bytes[this.#at] = 0;
    this.#at += 1;
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

  long(): bigint {
    this.#at += 8;
    return this.#view.getBigInt64(this.#at - 8, littleEndian);
  }

  text(): string {
    const length = this.number();
    this.#at += length;
    return this.#bytes.toString('utf8', this.#at - length, this.#at);
  }
}
