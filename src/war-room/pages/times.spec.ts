import { age, clock, day } from './times.ts';

describe('Telling times without knowing the reader’s zone', () => {
  it('writes the clock and the date as UTC has them', () => {
    expect([clock('2026-11-21T03:11:59.000Z'), day('2026-11-21T03:11:59.000Z')]).toEqual(['03:11', '2026-11-21']);
  });

  it.each([
    ['2026-01-01T00:00:59Z', '0 min'],
    ['2026-01-01T00:59:59Z', '59 min'],
    ['2026-01-01T01:01:00Z', '1 h 1 min'],
    ['2026-01-03T05:00:00Z', '2 d 5 h'],
    ['2025-12-31T23:59:00Z', '0 min'],
  ])('says how long something lasts until %s: %s', (until, words) => {
    expect(age('2026-01-01T00:00:00Z', until)).toBe(words);
  });
});
