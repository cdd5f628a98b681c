export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A straight line through points, by least squares: how much `y` grows for each 1 of `x`. Nothing grows where there are fewer than two. */
export function slopeOf(points: readonly Point[]): number {
  const [x, y] = [mean(points.map((one) => one.x)), mean(points.map((one) => one.y))];
  const spread = points.reduce((sum, one) => sum + (one.x - x) ** 2, 0);
  return spread === 0 ? 0 : points.reduce((sum, one) => sum + (one.x - x) * (one.y - y), 0) / spread;
}

/** By how much of itself a figure has changed from the first to the last, along the straight line through all: 0.1 is a tenth more. */
export function driftOf(values: readonly number[]): number {
  const slope = slopeOf(values.map((y, x) => ({ x, y })));
  const first = mean(values) - (slope * (values.length - 1)) / 2;
  return (slope * (values.length - 1)) / first;
}

/** The p99 of each tenth of the time from `from` to `to`, by when each began. A tenth in which nothing began has none. */
export function p99ByTenths(took: readonly Point[], from: number, to: number): number[] {
  const tenths: number[][] = Array.from({ length: 10 }, () => []);
  for (const { x, y } of took) if (x >= from && x < to) tenths[Math.floor((10 * (x - from)) / (to - from))]?.push(y);
  return tenths.filter((tenth) => tenth.length > 0).map(p99);
}

export const p99 = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * 0.99))] ?? Number.NaN;

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / Math.max(1, values.length);
