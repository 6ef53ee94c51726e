import { fitLine, median } from '../../bench/report/stats.js';
import type { Quantity, Sample } from './samples.js';

/** How much a quantity may grow over the whole of a soak, by the line that fits it best. */
interface Bound {
  /** At the least. */
  readonly amount: number;
  /** Or so much of its median. */
  readonly share: number;
}

/*
 * Memory breathes: malloc keeps what was freed, V8 grows its heap in steps. Counts do not.
 */
const bounds: Readonly<Record<Quantity, Bound>> = {
  residentMiB: { amount: 8, share: 0.1 },
  heapMiB: { amount: 2, share: 0.1 },
  externalMiB: { amount: 2, share: 0.1 },
  descriptors: { amount: 1, share: 0 },
  threads: { amount: 1, share: 0 },
  watches: { amount: 0, share: 0 },
};

/** Before so much of it is over, caches fill and code is compiled. */
const WARM_UP = 0.25;

/** Fewer samples say nothing of a slope. */
const FEWEST = 8;

/** What one quantity does. */
export interface Verdict {
  readonly quantity: Quantity;
  /** Over the time after the warm-up, by the line that fits best (least squares). */
  readonly growth: number;
  readonly allowed: number;
  readonly isFlat: boolean;
}

const afterWarmUp = (samples: readonly Sample[]): readonly Sample[] =>
  samples.slice(Math.floor(samples.length * WARM_UP));

/** Whether there are enough samples for {@link judge}. */
export function canJudge(samples: readonly Sample[]): boolean {
  return afterWarmUp(samples).length >= FEWEST;
}

/** Whether each quantity is flat after the warm-up. @throws RangeError unless {@link canJudge} */
export function judge(samples: readonly Sample[]): Verdict[] {
  const judged = afterWarmUp(samples);
  if (judged.length < FEWEST)
    throw new RangeError(`${judged.length} samples; ${FEWEST} are needed`);
  const first = judged[0] as Sample;
  const last = judged.at(-1) as Sample;
  return (Object.keys(bounds) as Quantity[]).map((quantity) => {
    const { amount, share } = bounds[quantity];
    const line = fitLine(judged.map((sample) => [sample.seconds, sample[quantity]]));
    const growth = line.slope * (last.seconds - first.seconds);
    const allowed = Math.max(amount, share * median(judged.map((sample) => sample[quantity])));
    return { quantity, growth, allowed, isFlat: growth <= allowed };
  });
}
