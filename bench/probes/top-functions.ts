/**
 * `tsx bench/probes/top-functions.ts FILE.cpuprofile [N]`: where the JavaScript thread's time went, by function, itself
 * without what it called. The files are what `npm run bench -- --profile DIRECTORY` writes.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** What of Chrome's format is read. */
interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: {
      readonly functionName: string;
      readonly url: string;
      readonly lineNumber: number;
    };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** Microseconds by function. */
function selfTimes({ nodes, samples, timeDeltas }: Profile): Map<string, number> {
  const names = new Map(
    nodes.map(({ id, callFrame: { functionName, url, lineNumber } }) => {
      const place = url === '' ? '' : `  ${basename(url)}:${lineNumber + 1}`;
      return [id, (functionName || '(anonymous)') + place];
    }),
  );
  const times = new Map<string, number>();
  samples.forEach((id, index) => {
    const name = names.get(id) ?? '?';
    times.set(name, (times.get(name) ?? 0) + (timeDeltas[index] ?? 0));
  });
  return times;
}

const [file = '', count = '20'] = process.argv.slice(2);
const times = selfTimes(JSON.parse(readFileSync(file, 'utf8')) as Profile);
const busy = [...times].filter(([name]) => !name.startsWith('(idle)'));
const total = busy.reduce((sum, [, time]) => sum + time, 0);
const top = busy.sort(([, left], [, right]) => right - left).slice(0, Number(count));
for (const [name, time] of top) {
  console.log(`${((100 * time) / total).toFixed(1).padStart(5)} %  ${name}`);
}
