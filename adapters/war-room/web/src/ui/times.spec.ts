import { clockTime, howLong } from './times.ts';

const from = '2026-11-21T03:00:00.000Z';
const after = (minutes: number): number => Date.parse(from) + minutes * 60_000;

describe('Saying how long', () => {
  it('counts in the unit a person would say', () => {
    expect(howLong(from, after(0.5))).toBe('under a minute');
    expect(howLong(from, after(33))).toBe('33 min');
    expect(howLong(from, after(310))).toBe('5 h 10 min');
    expect(howLong(from, after(120))).toBe('2 h');
    expect(howLong(from, after(60 * 24 * 3))).toBe('3 days');
  });

  it('never counts backwards when the clocks disagree', () => {
    expect(howLong(from, after(-5))).toBe('under a minute');
  });

  it('writes the time of day in the zone asked for', () => {
    expect(clockTime(from, 'UTC')).toBe('03:00');
  });
});
