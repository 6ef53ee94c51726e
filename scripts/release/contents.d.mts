/** Typed for the tests. */
export function expectedFiles(options: { release: boolean }): string[];
export function contentFaults(files: readonly string[], options: { release: boolean }): string[];
