/** Reads what sanitizers reported. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readValgrind } from './valgrind.mjs';

/**
 * @typedef {object} Frame
 * @property {string} module - the name of a file; none for what V8 compiled
 * @property {string} [file] - its path
 * @property {string} [offset] - where in it
 * @property {string} text - function, source and line, as far as they are known
 */

/**
 * @typedef {object} Report
 * @property {'leak' | 'race' | 'memory' | 'other'} kind - `memory` is valgrind's
 * @property {string} text - as it was written
 * @property {Frame[][]} stacks - in the order in which they were written
 */

/** Libraries whose functions do what their caller says. */
const BELOW = /^(?:lib[at]san|libubsan|libc|libstdc\+\+|libgcc_s|libpthread|libm|vgpreload)[._-]/;

const ADDON = 'libzookeeper.node';

/** Function and place if they are known, module, and where in it. */
const FRAME = /^\s+#\d+ (?:0x[0-9a-f]+ )?(?:in )?(.*?) *\((\/\S+?)\+(0x[0-9a-f]+)\)/;

/** Where LeakSanitizer, ThreadSanitizer and the others begin a new report. */
const BEGINNINGS = [/(?=^(?:Direct|Indirect) leak of )/m, /^={18}$/m, /(?=^.*: runtime error: )/m];

/** Neither a report nor part of one. */
const IDLE =
  /^(?:=+|SUMMARY: .*|ThreadSanitizer: reported \d+ warnings|==.*LeakSanitizer: detected memory leaks|\s*)$/;

function split(text) {
  const pieces = BEGINNINGS.reduce(
    (all, beginning) => all.flatMap((piece) => piece.split(beginning)),
    [text],
  );
  return pieces.filter((piece) => piece.split('\n').some((line) => !IDLE.test(line)));
}

function kindOf(text) {
  if (/^(?:Direct|Indirect) leak of /.test(text)) return 'leak';
  return /ThreadSanitizer: data race/.test(text) ? 'race' : 'other';
}

function frameOf(line) {
  const [, text, file, offset] = FRAME.exec(line) ?? [];
  // What V8 compiled is in no file.
  if (file === undefined) return { text: line.trim(), module: '' };
  return { text, file, offset, module: file.slice(file.lastIndexOf('/') + 1) };
}

function stacksOf(text) {
  const stacks = [];
  let inStack = false;
  for (const line of text.split('\n')) {
    const isFrame = /^\s+#\d+ /.test(line);
    if (isFrame && !inStack) stacks.push([]);
    if (isFrame) stacks.at(-1).push(frameOf(line));
    inStack = isFrame;
  }
  return stacks;
}

/**
 * All reports whose files are in a directory, as they are.
 *
 * @param {string} directory
 * @returns {Report[]}
 */
export function readReports(directory) {
  const files = readdirSync(directory).map((name) => readFileSync(join(directory, name), 'utf8'));
  const isValgrind = (text) => text.startsWith('<?xml');
  const texts = files.filter((text) => !isValgrind(text)).flatMap(split);
  return [
    ...files.filter(isValgrind).flatMap(readValgrind),
    ...texts.map((text) => ({
      kind: kindOf(text),
      text: text.trim(),
      stacks: stacksOf(text),
    })),
  ];
}

/** Who did it: the first frame that is not below everything. */
export const culprit = (stack) => stack.find((frame) => !BELOW.test(frame.module));

const isAddon = (frame) => frame?.module === ADDON;

/** Whether the addon allocates, itself or by what it calls: not by JavaScript that it calls, of which V8 compiled some. */
function isAllocatedForAddon(stack) {
  const first = stack.findIndex(isAddon);
  return first >= 0 && stack.slice(0, first).every(({ module }) => module !== '');
}

/**
 * Whether a report has to do with the addon, the C client included. A race has, if one of its two sides is in the addon. A
 * leak has if it was allocated for the addon; what valgrind says of memory, if the addon is where that was used. Anything else has: nothing else in the process is compiled with a sanitizer.
 */
export function isOurs({ kind, stacks }) {
  if (kind === 'other') return true;
  if (kind === 'leak') return stacks[0] !== undefined && isAllocatedForAddon(stacks[0]);
  if (kind === 'race') return stacks.slice(0, 2).some((stack) => isAddon(culprit(stack)));
  return stacks[0]?.some(isAddon) === true;
}

/** The two sides of a race, or the one place that anything else is about: the innermost frames there. */
export const sides = ({ kind, stacks }) => stacks.slice(0, kind === 'race' ? 2 : 1).map(culprit);

/** What reports of the same thing have in common, whichever side came first. */
export const signature = (report) => {
  const places = sides(report).map((frame) => `${frame?.module} ${frame?.text}`);
  return JSON.stringify([report.kind, ...(places.length > 0 ? places.sort() : [report.text])]);
};
