/** What an ELF file says of itself, as `readelf` (binutils) reads it, of whatever architecture. */
import { spawnSync } from 'node:child_process';
import { Failure } from './step.mjs';

function readelf(file) {
  const args = ['--wide', '--file-header', '--sections', '--dynamic', '--version-info'];
  const done = spawnSync('readelf', [...args, '--dyn-syms', file], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
    maxBuffer: 1 << 28,
  });
  if (done.error) throw new Failure(`cannot run readelf (package binutils): ${done.error.message}`);
  if (done.status !== 0 || done.stderr !== '')
    throw new Failure(`${file} is no ELF file that readelf can read: ${done.stderr.trim()}`);
  return done.stdout;
}

const all = (text, pattern) => [...text.matchAll(pattern)].map((match) => match.groups);

/**
 * The dynamic symbols: `name`, `version` if it has one, whether it is `wanted` of others, whether it
 * is `weak`.
 */
function symbols(text) {
  const line =
    /^ *\d+: [0-9a-f]+ +\S+ +\S+ +(?<bind>\S+) +\S+ +(?:\[.*?\] +)?(?<place>\S+) (?<name>[^\s@]+)(?:@@?(?<version>\S+))?/gm;
  return all(text, line)
    .filter(({ bind }) => bind !== 'LOCAL')
    .map(({ bind, place, name, version }) => ({
      name,
      version,
      wanted: place === 'UND',
      weak: bind === 'WEAK',
    }));
}

/**
 * @returns the `machine`, the libraries that are `needed`, the versions of symbols that are
 * `required` of them (`GLIBC_2.17`), the `symbols`, and the names of the `sections`
 */
export function readElf(file) {
  const text = readelf(file);
  const needs = text.split('Version needs section')[1] ?? '';
  return {
    machine: /Machine: +(.*)/.exec(text)?.[1].trim(),
    needed: all(text, /\(NEEDED\) +Shared library: \[(?<name>.*?)\]/g).map(({ name }) => name),
    required: all(needs, /Name: (?<name>\S+) +Flags/g).map(({ name }) => name),
    symbols: symbols(text),
    sections: all(text, /^ +\[ *\d+\] (?<name>\.\S+)/gm).map(({ name }) => name),
  };
}
