/** What several runs say of one number. */
export interface Summary {
  readonly median: number;
  readonly least: number;
  readonly most: number;
  /** Half the distance between the least and the most, as a share of the median. */
  readonly spread: number;
  readonly values: readonly number[];
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] as number)) / 2;
}

/** Sums up values, of which there must be one at least. */
export function summarize(values: readonly number[]): Summary {
  const middle = median(values);
  const least = Math.min(...values);
  const most = Math.max(...values);
  const spread = middle === 0 ? 0 : (most - least) / 2 / Math.abs(middle);
  return { median: middle, least, most, spread, values };
}

/** The straight line through points that fits best (least squares), and how much of their variation it explains. */
export function fitLine(points: readonly (readonly [number, number])[]): {
  readonly intercept: number;
  readonly slope: number;
  readonly fit: number;
} {
  const mean = (numbers: readonly number[]): number =>
    numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  const x = mean(points.map(([value]) => value));
  const y = mean(points.map(([, value]) => value));
  const sum = (term: (dx: number, dy: number) => number): number =>
    points.reduce((total, [px, py]) => total + term(px - x, py - y), 0);
  const xx = sum((dx) => dx * dx);
  const yy = sum((_, dy) => dy * dy);
  const xy = sum((dx, dy) => dx * dy);
  const slope = xx === 0 ? 0 : xy / xx;
  return { intercept: y - slope * x, slope, fit: xx * yy === 0 ? 1 : xy ** 2 / (xx * yy) };
}
