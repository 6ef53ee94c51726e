/**
 * Names for addresses in reports. The processes under a sanitizer do not look them up themselves: that takes a process seconds,
 * in which none of its threads may be able to go on, for thousands of stacks that are Node.js's alone.
 */
import { spawnSync } from 'node:child_process';

/** What stands before the directories of sources. */
const PATHS = /\/\S*?\/(?:zookeeper-client-c\/|(?=native\/))|\.\.\/(?=native\/)/g;

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

/**
 * Gives each frame of some reports its `text`, and puts it into theirs.
 *
 * @param {import('./reports.mjs').Report[]} reports
 * @returns {import('./reports.mjs').Report[]}
 */
export function withSymbols(reports) {
  const wanted = new Map();
  for (const frame of reports.flatMap(({ stacks }) => stacks.flat())) {
    if (frame.file === undefined || frame.text !== '') continue;
    wanted.set(frame.file, [...(wanted.get(frame.file) ?? []), frame]);
  }
  for (const [file, those] of wanted) {
    const places = placesIn(file, new Set(those.map(({ offset }) => offset)));
    for (const frame of those) frame.text = places.get(frame.offset) ?? '';
  }
  return reports.map(({ text, ...report }) => {
    const named = report.stacks.flat().values();
    const lines = text.split('\n').map((line) => {
      const [start] = /^\s+#\d+ /.exec(line) ?? [];
      if (start === undefined) return line;
      const frame = named.next().value;
      return frame?.file === undefined ? line : `${start}${frame.text} (${frame.module})`;
    });
    return { ...report, text: lines.join('\n') };
  });
}
