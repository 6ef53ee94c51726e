/**
 * How the scripts talk: one line when a step starts, its own output below, one line with its time
 * when it ends.
 */
/** Whether to use colour: only on a terminal, and not where NO_COLOR is set. */
export const colour =
  process.env.NO_COLOR === undefined &&
  process.stdout.isTTY === true &&
  process.env.TERM !== 'dumb';

const paint = (code) => (text) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);

export const bold = paint('1');
export const dim = paint('2');
export const red = paint('31');
export const green = paint('32');

/**
 * An error whose message is all that the reader needs: what is wrong and what to do. It is printed
 * without a stack. Any other error is a bug of the scripts, and keeps its stack.
 */
export class Failure extends Error {}

/** Seconds since a `performance.now()`, for people. */
export const since = (start) => `${((performance.now() - start) / 1000).toFixed(1)} s`;

/** Runs one named step, and says how long it took; what it throws, it throws on. */
export async function step(name, work) {
  console.log(bold(`» ${name}`));
  const start = performance.now();
  try {
    const result = await work();
    console.log(`${green('✓')} ${name} ${dim(since(start))}`);
    return result;
  } catch (error) {
    console.log(`${red('✗')} ${name} ${dim(since(start))}`);
    throw error;
  }
}

/** Whether the message says it all: that of a {@link Failure}, or of an option that there is not. */
const isPlain = (error) =>
  error instanceof Failure || String(error?.code).startsWith('ERR_PARSE_ARGS_');

/** Prints a step's reason to fail: the message alone where it says it all, else all there is. */
export function explain(error) {
  console.error(red(isPlain(error) ? error.message : (error?.stack ?? String(error))));
}

/** The body of a script: runs it, explains a failure, and sets the exit code. */
export async function main(work) {
  try {
    await work();
  } catch (error) {
    explain(error);
    process.exitCode = 1;
  }
}
