/** An option that makes no sense; the message is all that the reader needs. */
export class UsageError extends Error {}

/** One word of those that there are. @throws UsageError for another one */
export function word<T extends string>(given: string, known: readonly T[], name: string): T {
  if (!(known as readonly string[]).includes(given)) {
    throw new UsageError(`--${name}: no "${given}"; there are: ${known.join(', ')}`);
  }
  return given as T;
}

/** Words with commas between them; all that there are where none are given. @throws UsageError for another one */
export function list<T extends string>(
  given: string | undefined,
  known: readonly T[],
  name: string,
): T[] {
  if (given === undefined) return [...known];
  return given.split(',').map((each) => word(each, known, name));
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

/** What is parsed; where the options make no sense the process ends, and says why, and how the program is used. */
export function orUsage<T>(usage: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    const isOfOptions =
      error instanceof UsageError ||
      (error instanceof TypeError &&
        'code' in error &&
        String(error.code).startsWith('ERR_PARSE_ARGS_'));
    if (!isOfOptions) throw error;
    process.stderr.write(`${error.message}\n\n${usage}`);
    process.exit(2);
  }
}
