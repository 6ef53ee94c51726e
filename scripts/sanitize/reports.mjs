/** Reads what sanitizers reported. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readValgrind } from './valgrind.mjs';

/**
 * @typedef {object} Frame
 * @property {string} module - the name of a file
 * @property {string} text - function, source and line, as far as they are known
 */

/**
 * @typedef {object} Report
 * @property {'leak' | 'race' | 'memory' | 'other'} kind - `memory` is valgrind's
 * @property {string} text - as it was written, with places in the addon instead of addresses
 * @property {Frame[][]} stacks - in the order in which they were written
 */

/** Libraries whose functions do what their caller says. */
const BELOW = /^(?:lib[at]san|libubsan|libc|libstdc\+\+|libgcc_s|libpthread|libm|vgpreload)[._-]/;

const ADDON = 'libzookeeper.node';

/** Function and place, module, and where in it. */
const FRAME = /^\s+#\d+ (?:0x[0-9a-f]+ )?(?:in )?(.*?) ?\((\S+?)\+(0x[0-9a-f]+)\)/;

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

/** What stands before the directories of sources. */
const PATHS = /\/\S*?\/(?:zookeeper-client-c\/|(?=native\/))/g;

/** Function, source and line of addresses of a module, inlined ones from the inside out. */
function placesIn(module, addresses) {
  const args = ['--exe', module, '--functions', '--inlines', '--demangle', '--pretty-print'];
  const { stdout } = spawnSync('addr2line', [...args, '--addresses', ...addresses], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const places = stdout.split(/^(?=0x)/m).map((text) => {
    const [address, ...rest] = text.trim().split(': ');
    const named = rest.join(': ').replaceAll(/\n */g, ' ').replaceAll(PATHS, '');
    return [`0x${address.replace(/^0x0*/, '')}`, named];
  });
  return new Map(places);
}

/** gcc's runtimes know the symbols of what was there when the process began, which the addon was not. */
function symbolized(texts, addon) {
  const offsetOf = (line) => {
    const [, , module, offset] = FRAME.exec(line) ?? [];
    return module?.endsWith(ADDON) ? offset : undefined;
  };
  const lines = texts.flatMap((text) => text.split('\n'));
  const offsets = new Set(lines.map(offsetOf).filter((offset) => offset !== undefined));
  if (offsets.size === 0) return texts;
  const places = placesIn(addon, offsets);
  const named = (line) => {
    const offset = offsetOf(line);
    if (offset === undefined) return line;
    const [number] = /#\d+/.exec(line) ?? [];
    return `    ${number} ${places.get(offset) ?? '?'} (${ADDON}+${offset})`;
  };
  // Functions that were inlined come once for each of them, with the same address.
  const differs = (line, i, all) =>
    line === '' || withoutNumber(line) !== withoutNumber(all[i - 1]);
  return texts.map((text) => text.split('\n').map(named).filter(differs).join('\n'));
}

const withoutNumber = (line) => line?.replace(/#\d+/, '');

function stacksOf(text) {
  const stacks = [];
  let inStack = false;
  for (const line of text.split('\n')) {
    const [, what, module] = FRAME.exec(line) ?? [];
    if (module !== undefined) {
      if (!inStack) stacks.push([]);
      stacks.at(-1).push({ text: what, module: module.slice(module.lastIndexOf('/') + 1) });
    }
    inStack = module !== undefined;
  }
  return stacks;
}

/**
 * All reports whose files are in a directory.
 *
 * @param {string} directory
 * @param {string} addon - the file that they are about
 * @returns {Report[]}
 */
export function readReports(directory, addon) {
  const files = readdirSync(directory).map((name) => readFileSync(join(directory, name), 'utf8'));
  const isValgrind = (text) => text.startsWith('<?xml');
  const texts = files.filter((text) => !isValgrind(text)).flatMap(split);
  return [
    ...files.filter(isValgrind).flatMap(readValgrind),
    ...symbolized(texts, addon).map((text) => ({
      kind: kindOf(text),
      text: text.trim(),
      stacks: stacksOf(text),
    })),
  ];
}

/** Who did it: the first frame that is not below everything. */
export const culprit = (stack) => stack.find((frame) => !BELOW.test(frame.module));

const isAddon = (frame) => frame?.module === ADDON;

/**
 * Whether a report has to do with the addon, the C client included. A race has, if one of its two sides is in the addon. A
 * leak has if the addon is anywhere in the stack of its allocation; what valgrind says of memory, if it is where that was
 * used. Anything else has: nothing else in the process is compiled with a sanitizer.
 */
export function isOurs({ kind, stacks }) {
  if (kind === 'other') return true;
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
