import type { Attempt, Fault } from '@musterhq/chat-port';
import fc from 'fast-check';
import { type Look, type Next, type Timings, type Tried, REAL_TIMINGS, afterAttempt, afterLook, afterLostOwner, paced } from './decide.ts';

const NOW = 1_000_000;
const first: Tried = { attempts: 1, looks: 0, triedAt: NOW, settleAt: null, mayRepeat: false, mayBeAway: false };
const fault = (code: Fault['code'], more: Partial<Fault> = {}): Fault => ({ code, scope: 'message', ...more });
const refused = (code: Fault['code'], more: Partial<Fault> = {}): Attempt<never> => ({ outcome: 'refused', fault: fault(code, more) });
const nobodyKnows: Attempt<never> = { outcome: 'unknown', fault: fault('timeout') };

const looks = fc.constantFrom<Look>('absent', 'cannot-tell', 'cannot-look');
const timings = fc.record<Timings>({
  callTimeoutMs: fc.integer({ min: 1, max: 20_000 }),
  settleMs: fc.integer({ min: 0, max: 60_000 }),
  lookAfterMs: fc.array(fc.integer({ min: 0, max: 90_000 }), { maxLength: 6 }).map((waits) => [...waits].sort((a, b) => a - b)),
  lookOnAfterMs: fc.array(fc.integer({ min: 1, max: 60_000 }), { maxLength: 4 }),
  restMs: fc.integer({ min: 1, max: 60_000 }),
  retryAfterMs: fc
    .array(fc.integer({ min: 1, max: 60_000 }), { minLength: 1, maxLength: 8 })
    .map((waits) => [...waits].sort((a, b) => a - b)),
});

describe('Deciding what becomes of a delivery', () => {
  it('is over when the chat has it', () => {
    expect(afterAttempt(first, { outcome: 'done', value: null, settled: true }, NOW, REAL_TIMINGS)).toEqual({ to: 'sent' });
    expect(afterLook(first, 'found', NOW, REAL_TIMINGS)).toEqual({ to: 'sent' });
  });

  it.each(['rate-limited', 'unavailable', 'timeout', 'protocol', 'auth'] as const)(
    'tries again later what was refused for now: %s',
    (code) => {
      expect(afterAttempt(first, refused(code), NOW, REAL_TIMINGS)).toMatchObject({ to: 'pending', at: NOW + 500 });
    },
  );

  it.each(['forbidden', 'not-found', 'closed', 'conflict', 'too-large', 'invalid', 'unsupported'] as const)(
    'does not say the same again when it was refused for good: %s',
    (code) => {
      expect(afterAttempt(first, refused(code), NOW, REAL_TIMINGS)).toMatchObject({ to: 'refused', fault: { code } });
    },
  );

  it('waits as long as the chat asks for', () => {
    expect(afterAttempt(first, refused('rate-limited', { retryAfterMs: 17_000 }), NOW, REAL_TIMINGS)).toMatchObject({ at: NOW + 17_000 });
  });

  it('waits longer with each refusal, up to a minute', () => {
    const waits = Array.from({ length: 12 }, (_, n) => {
      const next = afterAttempt({ ...first, attempts: n + 1 }, refused('unavailable'), NOW, REAL_TIMINGS);
      return next.to === 'pending' ? next.at - NOW : 0;
    });
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect(waits.at(-1)).toBe(60_000);
  });

  it('looks at once when nobody knows', () => {
    expect(afterAttempt(first, nobodyKnows, NOW + 10_000, REAL_TIMINGS)).toMatchObject({
      to: 'unknown',
      lookAt: NOW + 10_000,
      settleAt: NOW + 40_000,
    });
  });

  it('counts the settle time from when the call must have ended, though its owner was gone early', () => {
    expect(afterLostOwner(first, NOW + 1, REAL_TIMINGS)).toMatchObject({ to: 'unknown', settleAt: NOW + 40_000 });
  });

  it('asks a person when it has settled and the chat has no way to tell, unless saying it twice does no harm', () => {
    const settled = { ...first, settleAt: NOW };
    expect(afterLook(settled, 'cannot-look', NOW, REAL_TIMINGS)).toEqual({ to: 'needs-a-person', fault: null });
    expect(afterLook({ ...settled, mayRepeat: true }, 'cannot-tell', NOW, REAL_TIMINGS)).toMatchObject({ to: 'pending' });
  });

  it('looks on for two minutes when it has settled and the looks fail though the chat is there, and then asks a person', () => {
    const settled: Tried = { ...first, settleAt: NOW, looks: REAL_TIMINGS.lookAfterMs.length };
    const waits: number[] = [];
    let next = afterLook(settled, 'cannot-tell', NOW, REAL_TIMINGS);
    for (let n = 1; next.to === 'unknown' && n < 100; n++) {
      waits.push(next.lookAt - NOW);
      next = afterLook({ ...settled, looks: settled.looks + n }, 'cannot-tell', NOW, REAL_TIMINGS);
    }

    expect(waits).toEqual([5_000, 10_000, 20_000, 30_000, 60_000]);
    expect(next).toEqual({ to: 'needs-a-person', fault: null });
    expect(afterLook(settled, 'absent', NOW, REAL_TIMINGS)).toMatchObject({ to: 'pending' });
  });

  it('goes on looking for as long as the looks fail and the chat may be away, and counts none of them', () => {
    const resting: Tried = { ...first, settleAt: NOW, looks: 99, mayBeAway: true };
    const next = afterLook(resting, 'cannot-tell', NOW, REAL_TIMINGS);

    expect(next).toEqual({ to: 'unknown', lookAt: NOW + REAL_TIMINGS.restMs, settleAt: NOW, fault: null, uncounted: true });
    expect(afterLook(resting, 'absent', NOW, REAL_TIMINGS)).toMatchObject({ to: 'pending' });
    expect(afterLook(resting, 'cannot-look', NOW, REAL_TIMINGS)).toEqual({ to: 'needs-a-person', fault: null });
  });

  it('never says it again before the settle time is over, and ends', () => {
    fc.assert(
      fc.property(
        timings,
        fc.integer({ min: 0, max: 30_000 }),
        fc.array(looks, { maxLength: 40 }),
        fc.array(fc.integer({ min: 0, max: 5_000 }), { maxLength: 40 }),
        (t, took, seen, late) => {
          const path = follow(t, took, seen, late);
          const end = path.at(-1);

          for (const { at, next } of path)
            if (next.to === 'pending' || next.to === 'needs-a-person')
              expect(at).toBeGreaterThanOrEqual(NOW + t.callTimeoutMs + t.settleMs);
          expect(end?.next.to === 'pending' || end?.next.to === 'needs-a-person').toBe(true);
          expect(path.length).toBeLessThanOrEqual(t.lookAfterMs.length + t.lookOnAfterMs.length + 3);
        },
      ),
    );
  });

  it('looks ever later, never after it has settled, and always once when it has', () => {
    fc.assert(
      fc.property(
        timings,
        fc.integer({ min: 0, max: 30_000 }),
        fc.array(fc.integer({ min: 0, max: 5_000 }), { maxLength: 40 }),
        (t, took, late) => {
          const path = follow(t, took, [], late);
          const planned = path.flatMap(({ next }) => (next.to === 'unknown' ? [next.lookAt] : []));
          const settleAt = path[0]?.next.to === 'unknown' ? path[0].next.settleAt : 0;

          expect(planned).toEqual([...planned].sort((a, b) => a - b));
          expect(Math.max(...planned)).toBeLessThanOrEqual(settleAt);
          expect(path.at(-1)?.at).toBeGreaterThanOrEqual(settleAt);
        },
      ),
    );
  });

  it('stops wherever it is found', () => {
    fc.assert(
      fc.property(timings, fc.integer({ min: 0, max: 60_000 }), fc.nat({ max: 10 }), (t, after, looked) => {
        const tried = { ...first, looks: looked, settleAt: NOW + t.callTimeoutMs + t.settleMs };
        expect(afterLook(tried, 'found', NOW + after, t)).toEqual({ to: 'sent' });
      }),
    );
  });

  it('keeps the proportions of its waits at another pace, but gives each call a second', () => {
    expect(paced(REAL_TIMINGS, 50)).toMatchObject({ settleMs: 600, callTimeoutMs: 1_000, lookAfterMs: [0, 40, 100, 200, 400] });
  });
});

/** What is decided, look after look, when each look happens some time after it was planned. Ends with the first decision that is not "look again". */
function follow(t: Timings, took: number, seen: readonly Look[], late: readonly number[]): { at: number; next: Next }[] {
  let at = NOW + took;
  let next = afterAttempt(first, nobodyKnows, at, t);
  const path = [{ at, next }];
  let tried = first;
  for (let n = 0; next.to === 'unknown' && n < 1_000; n++) {
    // As the store does it: the first "unknown" begins with no look, each further one adds one.
    tried = { ...tried, looks: n, settleAt: next.settleAt };
    at = Math.max(at, next.lookAt) + (late[n % Math.max(late.length, 1)] ?? 0);
    next = afterLook(tried, seen[n] ?? 'absent', at, t);
    path.push({ at, next });
  }
  return path;
}
