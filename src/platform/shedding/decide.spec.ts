import fc from 'fast-check';
import { CALM, CALM_FOR_MS, HOT, HOT_FOR_MS, NOTHING_SHED, STILL_CALM_FOR_MS, type Shedding, type Strain, decide } from './decide.ts';

const MOST = 7;
const calm: Strain = { loopDelayMs: 0, poolWaiting: 0, queueAgeMs: 0 };
const hot: Strain = { ...calm, loopDelayMs: HOT.loopDelayMs + 1 };

const strains = fc.record<Strain>({
  loopDelayMs: fc.integer({ min: 0, max: 1_000 }),
  poolWaiting: fc.integer({ min: 0, max: 50 }),
  queueAgeMs: fc.integer({ min: 0, max: 60_000 }),
});
const course = fc.array(
  fc.record({ strain: fc.oneof(strains, fc.constant(hot), fc.constant(calm)), after: fc.integer({ min: 0, max: 40_000 }) }),
  { maxLength: 80 },
);

describe('Giving work up under load', () => {
  it('gives up one class after ten seconds of too much, in any of the three', () => {
    for (const strain of [hot, { ...calm, poolWaiting: HOT.poolWaiting + 1 }, { ...calm, queueAgeMs: HOT.queueAgeMs + 1 }]) {
      const first = decide(NOTHING_SHED, strain, 0, MOST);
      expect(first.level).toBe(0);
      expect(decide(first, strain, HOT_FOR_MS - 1, MOST).level).toBe(0);
      expect(decide(first, strain, HOT_FOR_MS, MOST).level).toBe(1);
    }
  });

  it('does not begin for a short peak', () => {
    const peak = decide(decide(NOTHING_SHED, hot, 0, MOST), calm, 9_000, MOST);
    expect(decide(peak, hot, 11_000, MOST).level).toBe(0);
  });

  it('gives one class back after thirty seconds of calm, and each further one after ten, for as long as it stays calm', () => {
    const shed: Shedding = { level: 3, changedAt: 0, hotSince: 0, calmSince: null };
    const first = decide(stay(shed, calm, 1_000, CALM_FOR_MS - 1_000), calm, 1_000 + CALM_FOR_MS, MOST);
    expect(first.level).toBe(2);
    const second = decide(first, calm, first.changedAt + STILL_CALM_FOR_MS, MOST);
    expect(second.level).toBe(1);

    const between = decide(second, { ...calm, loopDelayMs: CALM.loopDelayMs + 1 }, second.changedAt + 5_000, MOST);
    const again = decide(between, calm, second.changedAt + 6_000, MOST);
    expect(decide(again, calm, second.changedAt + 6_000 + STILL_CALM_FOR_MS, MOST).level).toBe(1);
    expect(decide(again, calm, second.changedAt + 6_000 + CALM_FOR_MS, MOST).level).toBe(0);
  });

  it('changes by one class at most, keeps to the table, and never changes twice within the shorter wait', () => {
    fc.assert(
      fc.property(course, (steps) => {
        let changed = -Infinity;
        walk(steps, (before, after, now) => {
          expect(Math.abs(after.level - before.level)).toBeLessThanOrEqual(1);
          expect(after.level).toBeGreaterThanOrEqual(0);
          expect(after.level).toBeLessThanOrEqual(MOST);
          if (after.level === before.level) return;
          expect(now - changed).toBeGreaterThanOrEqual(Math.min(HOT_FOR_MS, STILL_CALM_FOR_MS));
          changed = now;
        });
      }),
    );
  });

  it('takes more only when it is too much, gives back only when it is calm, and between the marks does neither', () => {
    fc.assert(
      fc.property(course, (steps) => {
        walk(steps, (before, after, _now, strain) => {
          const over = (mark: Strain): boolean => (Object.keys(mark) as (keyof Strain)[]).some((name) => strain[name] > mark[name]);
          if (after.level > before.level) expect(over(HOT)).toBe(true);
          if (after.level < before.level) expect(over(CALM)).toBe(false);
        });
      }),
    );
  });

  it('ends with everything given up when it stays too much, and with nothing when it stays calm', () => {
    fc.assert(
      fc.property(course, (steps) => {
        const { state, now } = walk(steps, () => undefined);
        expect(stay(state, hot, now, MOST * HOT_FOR_MS + HOT_FOR_MS).level).toBe(MOST);
        expect(stay(state, calm, now, MOST * STILL_CALM_FOR_MS + CALM_FOR_MS).level).toBe(0);
      }),
    );
  });

  function walk(
    steps: readonly { strain: Strain; after: number }[],
    seen: (before: Shedding, after: Shedding, now: number, strain: Strain) => void,
  ): { state: Shedding; now: number } {
    let state = NOTHING_SHED;
    let now = 0;
    for (const { strain, after } of steps) {
      now += after;
      const next = decide(state, strain, now, MOST);
      seen(state, next, now, strain);
      state = next;
    }
    return { state, now };
  }

  function stay(from: Shedding, strain: Strain, begin: number, ms: number): Shedding {
    let state = from;
    for (let now = begin; now <= begin + ms; now += 1_000) state = decide(state, strain, now, MOST);
    return state;
  }
});
