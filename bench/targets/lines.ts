import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** Reads lines of JSON. */
export function onJsonLines<T>(stream: Readable, take: (message: T) => void): void {
  createInterface({ input: stream }).on('line', (line) => {
    if (line.startsWith('{')) take(JSON.parse(line) as T);
  });
}
