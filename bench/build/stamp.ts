import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The files directly in a directory that end in one of these ways. */
export function filesIn(directory: string, endings: readonly string[]): string[] {
  return readdirSync(directory)
    .filter((name) => endings.some((ending) => name.endsWith(ending)))
    .sort()
    .map((name) => join(directory, name));
}

/** Builds something unless what it is built from, files and facts, is what it was built from the last time. */
export async function unlessBuilt(
  made: string,
  from: { readonly files: readonly string[]; readonly facts?: unknown },
  build: () => Promise<void>,
): Promise<void> {
  const hash = createHash('sha256').update(JSON.stringify(from.facts ?? null));
  for (const file of from.files) hash.update(file).update(readFileSync(file));
  const stamp = hash.digest('hex');
  const stampFile = `${made}.stamp`;
  if (existsSync(made) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp)
    return;
  rmSync(stampFile, { force: true });
  mkdirSync(dirname(made), { recursive: true });
  await build();
  writeFileSync(stampFile, stamp);
}
