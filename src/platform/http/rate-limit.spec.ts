import { RateLimit } from './rate-limit.ts';

describe('Counting how often somebody asks', () => {
  const take = (limit: RateLimit, key: string, count: number, now: number): (number | null)[] =>
    Array.from({ length: count }, () => limit.take(key, now));

  it('lets as many through in a minute as it is told, and says how long the next one waits', () => {
    const limit = new RateLimit(30);

    expect(take(limit, 'a', 30, 1_000)).toEqual(Array(30).fill(null));
    expect(limit.take('a', 21_000)).toBe(40_000);
  });

  it('begins anew after the minute, and for each key', () => {
    const limit = new RateLimit(30);
    take(limit, 'a', 31, 0);

    expect(limit.take('b', 1)).toBeNull();
    expect(limit.take('a', 59_999)).toBe(1);
    expect(limit.take('a', 60_000)).toBeNull();
  });

  it('forgets the oldest key in a flood of them', () => {
    const limit = new RateLimit(30);
    take(limit, 'first', 31, 0);

    for (let n = 0; n < 10_000; n++) limit.take(`flood ${n}`, 1);

    expect(limit.take('first', 2)).toBeNull();
  });
});
