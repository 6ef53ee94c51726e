/** An option that makes no sense; the message is all that the reader needs. */
export class UsageError extends Error {}

/** Words with commas between them; all that there are where none are given. @throws UsageError for another one */
export function list<T extends string>(
  given: string | undefined,
  known: readonly T[],
  name: string,
): T[] {
  if (given === undefined) return [...known];
  return given.split(',').map((word) => {
    if (!(known as readonly string[]).includes(word)) {
      throw new UsageError(`--${name}: no "${word}"; there are: ${known.join(', ')}`);
    }
    return word as T;
  });
}

/** @throws UsageError for what is not a whole number from 1 on */
export function number(given: string | undefined, otherwise: number, name: string): number {
  if (given === undefined) return otherwise;
  const value = Number(given);
  if (!Number.isInteger(value) || value < 1) {
    throw new UsageError(`--${name} must be a whole number from 1 on, not "${given}"`);
  }
  return value;
}

/** Runs a program; where its options make no sense it says why, and how it is used. */
export async function withUsage(usage: string, program: () => Promise<void>): Promise<void> {
  try {
    await program();
  } catch (error) {
    const isOfOptions =
      error instanceof UsageError ||
      (error instanceof TypeError && 'code' in error && /PARSE_ARGS/.test(String(error.code)));
    if (!isOfOptions) throw error;
    process.stderr.write(`${error.message}\n\n${usage}`);
    process.exitCode = 2;
  }
}
