import { constants } from 'node:os';

/** Of names that mean the same the first counts, as in `util.getSystemErrorName`. */
const names: ReadonlyMap<number, string> = new Map(
  Object.entries(constants.errno)
    .reverse()
    .map(([name, number]) => [number, name]),
);

/**
 * What the C library calls a value of `errno`, such as `'ECONNREFUSED'`. `util.getSystemErrorName` knows the numbers of libuv,
 * which on Windows are others, and not all of them anywhere.
 *
 * @returns `'UNKNOWN'` for one that it has no name for
 */
export function errnoName(number: number): string {
  return names.get(number) ?? 'UNKNOWN';
}
