import { Backoff } from './backoff.ts';

const DIED_AT_ONCE = 10;

describe('Starting a process again', () => {
  it('happens at once the first time, then ever more slowly, and at least every ten seconds', () => {
    const backoff = new Backoff();

    const delays = Array.from({ length: 9 }, () => backoff.next(DIED_AT_ONCE));

    expect(delays).toEqual([0, 250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
  });

  it('happens at once again after it has been up for half a minute', () => {
    const backoff = new Backoff();
    for (let crash = 0; crash < 5; crash++) backoff.next(DIED_AT_ONCE);

    expect(backoff.next(30_000)).toBe(0);
  });
});
