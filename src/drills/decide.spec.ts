import { type Standing, nextOf } from './decide.ts';

const MINUTE = 60_000;

describe('How a drill goes on', () => {
  const standing = (facts: Partial<Standing>): Standing => ({
    phase: 'broken',
    minutes: 5,
    begunAt: 0,
    brokenAt: 0,
    healedAt: null,
    closingAt: null,
    isStopped: false,
    isProven: true,
    isOpen: true,
    chatFell: false,
    isMerged: false,
    isSaid: false,
    ...facts,
  });

  it.each([
    ['breaks once its room is open and was seen to work', standing({ phase: 'opening' }), 1_000, { to: 'broken' }],
    ['waits for a sign of life', standing({ phase: 'opening', isProven: false }), 59_000, null],
    ['does without one after a minute, where a chat gives none', standing({ phase: 'opening', isProven: false }), MINUTE, { to: 'broken' }],
    ['breaks nothing where no room opens', standing({ phase: 'opening', isOpen: false }), 3 * MINUTE, { to: 'closing', cut: 'not-opened' }],
    ['stays broken for its time', standing({}), 5 * MINUTE - 1, null],
    ['is healed after its time', standing({}), 5 * MINUTE, { to: 'returning' }],
    ['is healed when somebody stops it', standing({ isStopped: true }), 1_000, { to: 'returning', cut: 'stopped' }],
    ['is healed when the chat itself falls', standing({ chatFell: true }), 1_000, { to: 'returning', cut: 'real-trouble' }],
    ['waits until both sides have everything', standing({ phase: 'returning', healedAt: 0 }), 9 * MINUTE, null],
    ['does not wait for that for ever', standing({ phase: 'returning', healedAt: 0 }), 10 * MINUTE, { to: 'closing' }],
    ['closes when both sides have everything', standing({ phase: 'returning', healedAt: 0, isMerged: true }), 5_000, { to: 'closing' }],
    ['is over when its last words are said', standing({ phase: 'closing', closingAt: 0, isSaid: true }), 100, { to: 'over' }],
    ['is over a minute later, should they not be', standing({ phase: 'closing', closingAt: 0 }), MINUTE, { to: 'over' }],
  ] as const)('%s', (_, drill, now, next) => {
    expect(nextOf(drill, now, 1)).toEqual(next);
  });

  it('takes a part of the time where the chat lives faster', () => {
    expect(nextOf(standing({}), MINUTE, 5)).toEqual({ to: 'returning' });
  });
});
