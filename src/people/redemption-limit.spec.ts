import { RedemptionLimit } from './redemption-limit.ts';

describe('Counting tries of one address', () => {
  const tries = (limit: RedemptionLimit, address: string, count: number, now: number): (number | null)[] =>
    Array.from({ length: count }, () => limit.take(address, now));

  it('lets thirty through in a minute, and says how long the next one waits', () => {
    const limit = new RedemptionLimit();

    expect(tries(limit, 'a', 30, 1_000)).toEqual(Array(30).fill(null));
    expect(limit.take('a', 21_000)).toBe(40_000);
  });

  it('begins anew after the minute, and for each address', () => {
    const limit = new RedemptionLimit();
    tries(limit, 'a', 31, 0);

    expect(limit.take('b', 1)).toBeNull();
    expect(limit.take('a', 59_999)).toBe(1);
    expect(limit.take('a', 60_000)).toBeNull();
  });

  it('forgets the oldest address in a flood of them', () => {
    const limit = new RedemptionLimit();
    tries(limit, 'first', 31, 0);

    for (let n = 0; n < 10_000; n++) limit.take(`flood ${n}`, 1);

    expect(limit.take('first', 2)).toBeNull();
  });
});
