import { styleText } from 'node:util';

/** `hasColors` knows NO_COLOR, FORCE_COLOR and dumb terminals. */
const colour = process.stdout.isTTY === true && process.stdout.hasColors();

type Style = Parameters<typeof styleText>[0];

const paint = (style: Style, text: string): string => (colour ? styleText(style, text) : text);

/** Calls are shown at the left, and what came of them in a column of its own. */
const COLUMN = 43;

let silent = false;
let chapters = 0;

/** Prints nothing from now on: the tour is over, whatever it still finds out. */
export function hush(): void {
  silent = true;
}

function print(line: string): void {
  if (!silent) process.stdout.write(`${line}\n`);
}

/** Begins a chapter of the tour. */
export function chapter(title: string): void {
  chapters += 1;
  print(`\n${paint('bold', `${chapters}. ${title}`)}`);
}

/** Says what was done, and what came of it. */
export function say(what: string, result: unknown): void {
  print(`   ${what.padEnd(COLUMN)} ${paint('cyan', String(result))}`);
}

/** Says how a call failed, which it was meant to. */
export function sayError(what: string, error: Error): void {
  print(`   ${what.padEnd(COLUMN)} ${paint('yellow', error.message)}`);
}

/** The last line, when all went well. */
export function finish(text: string): void {
  print(`\n${paint('green', text)}`);
}

/** What went wrong, on stderr. */
export function fail(error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`\n${text}\n`);
}

/** A session's id, as ZooKeeper's own tools write it. */
export function hex(id: bigint): string {
  return `0x${BigInt.asUintN(64, id).toString(16)}`;
}

/** Milliseconds since a `performance.now()`. */
export function since(start: number): string {
  return `${Math.round(performance.now() - start)} ms`;
}
