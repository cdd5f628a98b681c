import type { Block } from '@musterhq/chat-port';
import fc from 'fast-check';
import { type Waiting, digestsOf, mayBeGathered } from './digest.ts';

const CHARS = 8_000;
const RULE = { above: 20, most: 50 };
const words = (v: string): Block => ({ t: 'p', c: [{ t: 'text', v }] });
const BUTTONS: Block = { t: 'actions', items: [{ t: 'button', id: 'skip', label: 'Skip' }] };

const one = (n: number, more: Partial<Waiting> = {}): Waiting => ({
  id: `d${n}`,
  operation: 'send',
  status: 'pending',
  attempts: 0,
  content: { blocks: [words(`said ${n}`)], summary: '' },
  isDigest: false,
  cameApart: false,
  ...more,
});
const many = (n: number): Waiting[] => Array.from({ length: n }, (_, at) => one(at));

const lanes = fc
  .array(
    fc.record({
      operation: fc.constantFrom<Waiting['operation']>('send', 'send', 'send', 'send', 'send', 'send', 'edit', 'members', 'remove'),
      attempts: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 1),
      isDigest: fc.constantFrom(false, false, false, false, false, true),
      cameApart: fc.constantFrom(false, false, false, false, false, true),
      hasButtons: fc.constantFrom(false, false, false, false, false, false, true),
      chars: fc.nat({ max: 3_000 }),
    }),
    { maxLength: 200, size: 'max' },
  )
  .map((lane) =>
    lane.map(({ hasButtons, chars, ...more }, n) =>
      one(n, { ...more, content: { blocks: [words('x'.repeat(chars)), ...(hasButtons ? [BUTTONS] : [])], summary: '' } }),
    ),
  );

describe('Putting together what waits for a chat', () => {
  it('says twenty one by one, and one more than that as one', () => {
    expect(digestsOf(many(20), RULE, CHARS)).toEqual([]);
    expect(digestsOf(many(21), RULE, CHARS)).toEqual([many(21).map(({ id }) => id)]);
  });

  it('makes a few of what is too much for one', () => {
    expect(digestsOf(many(120), { ...RULE, most: 50 }, 100_000).map(({ length }) => length)).toEqual([50, 50, 20]);
    expect(digestsOf(many(40), RULE, 2_170).map(({ length }) => length)).toEqual([20, 20]);
  });

  it('leaves alone, in its place, what asks for an answer, was tried, or is about something else', () => {
    const lane = many(23);
    lane[5] = one(5, { content: { blocks: [words('Who leads?'), BUTTONS], summary: '' } });
    lane[12] = one(12, { operation: 'edit' });

    expect(digestsOf(lane, RULE, CHARS).map((held) => [held[0], held.at(-1)])).toEqual([
      ['d0', 'd4'],
      ['d6', 'd11'],
      ['d13', 'd22'],
    ]);
    for (const alone of [{ attempts: 1 }, { status: 'unknown' as const }, { isDigest: true }, { cameApart: true }])
      expect(mayBeGathered(one(0, alone))).toBe(false);
  });

  it('holds each thing once, in order, without a gap, and never more than one message takes', () => {
    fc.assert(
      fc.property(lanes, fc.nat({ max: 60 }), fc.integer({ min: 2, max: 50 }), (lane, above, most) => {
        const digests = digestsOf(lane, { above, most }, CHARS);
        const at = new Map(lane.map(({ id }, n) => [id, n]));
        const places = digests.map((held) => held.map((id) => at.get(id) ?? -1));

        expect(places.flat()).toEqual([...new Set(places.flat())].sort((a, b) => a - b));
        for (const held of places) {
          expect(held.length).toBeGreaterThan(1);
          expect(held.length).toBeLessThanOrEqual(most);
          expect(held.at(-1)).toBe((held[0] ?? 0) + held.length - 1);
          expect(held.every((n) => mayBeGathered(lane[n] as Waiting))).toBe(true);
          expect(held.reduce((sum, n) => sum + charsOf(lane[n] as Waiting), 0)).toBeLessThanOrEqual(CHARS);
        }
        if (digests.length > 0) expect(lane.filter(mayBeGathered).length).toBeGreaterThan(above);
      }),
    );
  });

  it('leaves alone only what no neighbour has room for', () => {
    fc.assert(
      fc.property(lanes, (lane) => {
        const digests = digestsOf(lane, { above: 0, most: 50 }, CHARS);
        const held = new Set(digests.flat());
        for (const [n, it] of lane.entries()) {
          const next = lane[n + 1];
          if (!next || held.has(it.id) || held.has(next.id) || !mayBeGathered(it) || !mayBeGathered(next)) continue;
          expect(charsOf(it) + charsOf(next)).toBeGreaterThan(CHARS - 200);
        }
      }),
    );
  });
});

const charsOf = ({ content }: Waiting): number =>
  content?.blocks.reduce((sum, block) => sum + (block.t === 'p' && block.c[0]?.t === 'text' ? block.c[0].v.length : 0), 0) ?? 0;
