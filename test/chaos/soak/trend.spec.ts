import { driftOf, p99, p99ByTenths, slopeOf } from './trend.ts';

describe('What grows over hours', () => {
  it('is a straight line through everything that was seen, whatever jumps about', () => {
    const points = Array.from({ length: 60 }, (_, n) => ({ x: n / 60, y: 100 + (2 * n) / 60 + (n % 2 ? 3 : -3) }));

    expect(slopeOf(points)).toBeCloseTo(2, 0);
    expect(slopeOf(points.map(({ x }) => ({ x, y: 7 })))).toBe(0);
    expect(slopeOf([{ x: 1, y: 1 }])).toBe(0);
  });

  it('drifts by what it changed from the first to the last, as a share of the first', () => {
    expect(driftOf([10, 10.5, 11])).toBeCloseTo(0.1);
    expect(driftOf([20, 18, 16])).toBeCloseTo(-0.2);
    expect(driftOf([5, 5, 5])).toBe(0);
  });

  it('is told by tenths of the time, without what was before or after', () => {
    const took = Array.from({ length: 1_200 }, (_, n) => ({ x: n, y: n < 100 ? 9_999 : Math.floor((n - 100) / 100) }));

    expect(p99ByTenths(took, 100, 1_100)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('is the ninety-ninth of a hundred', () => {
    expect(p99(Array.from({ length: 100 }, (_, n) => n + 1))).toBe(100);
    expect(p99(Array.from({ length: 1_000 }, (_, n) => n + 1))).toBe(991);
  });
});
