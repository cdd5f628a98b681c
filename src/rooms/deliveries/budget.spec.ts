import type { Capabilities } from '@musterhq/chat-port';
import fc from 'fast-check';
import { Budget } from './budget.ts';
import { callsOf } from './calls.ts';

type Rate = Capabilities['rates'][number];
const perSecond: Rate = { op: 'send', per: 'room', permits: 1, windowMs: 1_000 };

const rates = fc.array(
  fc.record<Rate>({
    op: fc.constantFrom('send', 'edit', '*'),
    per: fc.constantFrom('room', 'tenant'),
    permits: fc.integer({ min: 1, max: 5 }),
    windowMs: fc.integer({ min: 1, max: 2_000 }),
  }),
  { maxLength: 3 },
);
const asked = fc.array(
  fc.record({ op: fc.constantFrom<Rate['op']>('send', 'edit'), room: fc.constantFrom('A', 'B'), after: fc.integer({ min: 0, max: 300 }) }),
  { maxLength: 60 },
);

describe('Keeping to what a chat allows', () => {
  it('lets the first call go at once and says how long the next has to wait', () => {
    const budget = new Budget([perSecond], 1);
    expect(budget.take('send', 'A', 0)).toBe(0);
    expect(budget.take('send', 'A', 400)).toBe(650);
    expect(budget.take('send', 'A', 1_050)).toBe(0);
  });

  it('does not hold one room up for another', () => {
    const budget = new Budget([perSecond], 1);
    budget.take('send', 'A', 0);
    expect(budget.take('send', 'B', 0)).toBe(0);
  });

  it('holds all rooms to what the whole workspace may', () => {
    const budget = new Budget([{ ...perSecond, per: 'tenant' }], 1);
    budget.take('send', 'A', 0);
    expect(budget.take('send', 'B', 0)).toBe(1_050);
  });

  it('counts a reaction that is taken back apart too, where the chat does', () => {
    const reaction = { operation: 'react', card: null, fileId: null } as const;

    expect(callsOf(reaction, true)).toEqual(['react']);
    expect(callsOf(reaction, false)).toEqual(['react', 'unreact']);
  });

  it('does not count a call that it refused', () => {
    const budget = new Budget([perSecond, { ...perSecond, op: '*', per: 'tenant', permits: 2 }], 1);
    budget.take('send', 'A', 0);
    for (let n = 0; n < 10; n++) budget.take('send', 'A', 1);
    expect(budget.take('send', 'B', 2)).toBe(0);
  });

  it('leaves a moment for what arrives later than it was counted', () => {
    const budget = new Budget([perSecond], 1);
    const sentAt = [0, 1_050, 2_100, 3_150, 4_200];
    for (const at of sentAt) expect(budget.take('send', 'A', at)).toBe(0);
    // The first was on its way for as long as is left for that, the sixth for no time at all.
    const sixth = 4_200 + budget.take('send', 'A', 4_200);
    expect(sixth - (0 + 50)).toBeGreaterThanOrEqual(5_000);
  });

  it('divides its windows by the pace', () => {
    const budget = new Budget([perSecond], 50);
    budget.take('send', 'A', 0);
    expect(budget.take('send', 'A', 0)).toBe(21);
  });

  it('never allows more calls in any window than the chat does', () => {
    fc.assert(
      fc.property(rates, asked, (rules, calls) => {
        const budget = new Budget(rules, 1);
        const made: { op: string; room: string; at: number }[] = [];
        let now = 0;
        for (const { op, room, after } of calls) {
          now += after;
          if (budget.take(op as 'send', room, now) === 0) made.push({ op, room, at: now });
        }
        for (const { op, per, permits, windowMs } of rules) {
          for (const one of made) {
            const same = made.filter(
              (other) => (op === '*' || (other.op === op && one.op === op)) && (per === 'tenant' || other.room === one.room),
            );
            expect(same.filter(({ at }) => at >= one.at && at < one.at + windowMs).length).toBeLessThanOrEqual(permits);
          }
        }
      }),
    );
  });

  it('says a wait after which the call may be made', () => {
    fc.assert(
      fc.property(rates, asked, (rules, calls) => {
        const budget = new Budget(rules, 1);
        let now = 0;
        for (const { op, room, after } of calls) {
          now += after;
          const wait = budget.take(op as 'send', room, now);
          if (wait === 0) continue;
          now += wait;
          expect(budget.take(op as 'send', room, now)).toBe(0);
        }
      }),
    );
  });
});
