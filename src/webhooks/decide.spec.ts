import fc from 'fast-check';
import { MOST_ATTEMPTS, decide } from './decide.ts';

const NOW = new Date('2026-11-21T20:00:00Z');
const HOUR = 3_600_000;
const failed = { status: 500, problem: 'It answered 500.' };

describe('Deciding whether a webhook is told again', () => {
  it('is over when it was received', () => {
    expect(decide({ status: 204, problem: null }, 1, NOW, 0.5)).toEqual({ to: 'received' });
  });

  it('wants no more when the receiver says that it is gone', () => {
    expect(decide({ status: 410, problem: 'It answered 410.' }, 1, NOW, 0.5)).toEqual({ to: 'gone' });
  });

  it('tries again for three days after anything else, ever later, and then gives up', () => {
    fc.assert(
      fc.property(
        fc.constantFrom({ status: null, problem: 'No answer.' }, failed, { status: 302, problem: 'It answered 302.' }),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: MOST_ATTEMPTS, maxLength: MOST_ATTEMPTS }),
        (outcome, chances) => {
          let now = NOW;
          let before = 0;
          for (const [at, chance] of chances.entries()) {
            const next = decide(outcome, at + 1, now, chance);
            if (at + 1 === MOST_ATTEMPTS) {
              expect(next).toEqual({ to: 'given-up' });
              break;
            }
            if (next.to !== 'again') throw new Error(`attempt ${at + 1} is not followed by another`);
            const wait = next.at.getTime() - now.getTime();
            expect(wait).toBeGreaterThan(before / 1.2 - 1);
            expect(wait).toBeLessThanOrEqual(3 * 1.2 * HOUR + 1);
            [before, now] = [wait, next.at];
          }
          const days = (now.getTime() - NOW.getTime()) / (24 * HOUR);
          expect(days).toBeGreaterThan(3);
          expect(days).toBeLessThan(3.7);
        },
      ),
    );
  });
});
