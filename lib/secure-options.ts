import { endianness } from 'node:os';

/**
 * Packs fields for native code, as `native/secure_options.h` reads them: each an int32 length in the machine's byte order,
 * and that many bytes.
 */
export function packFields(fields: readonly Uint8Array[]): Buffer {
  // Not from Buffer's pool, parts of which others may see.
  const packed = Buffer.alloc(fields.reduce((sum, field) => sum + 4 + field.length, 0));
  let at = 0;
  for (const field of fields) {
    if (endianness() === 'LE') packed.writeInt32LE(field.length, at);
    else packed.writeInt32BE(field.length, at);
    packed.set(field, at + 4);
    at += 4 + field.length;
  }
  return packed;
}

/** A short text as a field. */
export function textField(text: string): Buffer {
  return Buffer.from(text, 'utf8');
}

/** Overwrites copies of secrets that were made here. */
export function wipe(...secrets: readonly (Uint8Array | null | undefined)[]): void {
  for (const secret of secrets) secret?.fill(0);
}
