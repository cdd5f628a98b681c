import { decide, firstSeen } from './detector.ts';
import type { Decision, Observation, Standing } from './outage.types.ts';
import { REAL_TIMINGS } from './timings.types.ts';

const START = Date.parse('2026-03-01T03:00:00Z');
const SECOND = 1_000;
const MINUTE = 60 * SECOND;

const at = (ms: number): number => START + ms;

const quiet: Observation = { owner: 'a', echoes: true, heardAt: null, sent: null, calls: [], unclosed: 0, said: null, nonce: 'next' };

const sees = (standing: Standing, now: number, seen: Partial<Observation> = {}): Decision =>
  decide(standing, { ...quiet, ...seen }, now, REAL_TIMINGS);

/** A chat in some state, watched until a moment ago, with no look under way and none due. */
const a = (state: Standing['state'], facts: Partial<Standing> = {}): Standing => ({
  ...firstSeen(START, 'a'),
  state,
  goodAt: at(-15 * SECOND),
  provenAt: at(-15 * SECOND),
  nextAt: at(MINUTE * 60),
  ...(state === 'down' || state === 'recovering' ? { fellAt: START } : {}),
  ...facts,
});

const looking = { look: { nonce: 'mark', sentAt: START } };
const echoed = { heardAt: at(SECOND) };
const MISSED = at(10 * SECOND + 1);

const badCalls = (n: number, now: number) => Array.from({ length: n }, (_, i) => ({ at: now - (n - i) * 100, good: false }));

describe('Looking at a chat', () => {
  it('sends a look when one is due, and writes it down as under way', () => {
    const decision = sees(a('ok', { nextAt: START }), START);

    expect(decision.canary).toBe('send');
    expect(decision.state.look).toEqual({ nonce: 'next', sentAt: START });
  });

  it('sends no second look while one is under way', () => {
    expect(sees(a('ok', { ...looking, nextAt: START }), at(SECOND)).canary).toBeUndefined();
  });

  it('looks again fifteen seconds after a good look, and knows that all is well up to that look', () => {
    const { state, transition } = sees(a('ok', looking), at(2 * SECOND), echoed);

    expect(transition).toBeUndefined();
    expect(state).toMatchObject({ look: null, nextAt: at(15 * SECOND), goodAt: START, provenAt: START });
  });

  it('looks again five seconds after a miss', () => {
    expect(sees(a('ok', looking), MISSED).state.nextAt).toBe(MISSED + 5 * SECOND);
  });

  it('counts an echo that came in time, however late it is read', () => {
    expect(sees(a('ok', looking), at(25 * SECOND), echoed).state.strikes).toBe(0);
  });

  it('does not count an echo that came too late', () => {
    expect(sees(a('ok', looking), at(12 * SECOND), { heardAt: at(11 * SECOND) }).state.strikes).toBe(1);
  });

  it('takes a refusal for too many calls as no miss, and waits as long as it was told to', () => {
    const { state, transition } = sees(a('ok', looking), at(SECOND), { sent: { t: 'limited', retryAfterMs: 30 * SECOND } });

    expect(transition).toBeUndefined();
    expect(state).toMatchObject({ strikes: 0, look: null, nextAt: at(31 * SECOND) });
  });

  it('looks at once in a room that has just been made, and does not count the making', () => {
    const { state, canary } = sees(a('ok', looking), MISSED, { sent: { t: 'prepared' } });

    expect(canary).toBe('send');
    expect(state).toMatchObject({ state: 'ok', strikes: 0, look: { nonce: 'next' } });
  });

  it('does not wait for an hour because it was told to', () => {
    const { state } = sees(a('ok', looking), at(SECOND), { sent: { t: 'limited', retryAfterMs: 60 * MINUTE } });

    expect(state.nextAt).toBe(at(SECOND + MINUTE));
  });

  it('is blind, not alarmed, where the chat answers that a look cannot be made', () => {
    const { state, transition } = sees(a('ok', looking), at(SECOND), { sent: { t: 'impossible', why: 'The scope is missing.' } });

    expect(transition).toBeUndefined();
    expect(state).toMatchObject({ strikes: 0, blind: 'The scope is missing.' });
  });

  it('makes no looks where our own posts do not come back', () => {
    expect(sees(a('ok', { nextAt: START }), START, { echoes: false }).canary).toBeUndefined();
  });
});

describe('Doubting a chat that was well', () => {
  it('doubts it after the first miss', () => {
    expect(sees(a('ok', looking), MISSED).transition).toEqual({ from: 'ok', to: 'suspect', why: '1 look did not come back' });
  });

  it('doubts it after three bad calls in a row', () => {
    expect(sees(a('ok'), at(SECOND), { calls: badCalls(3, at(SECOND)) }).transition).toMatchObject({
      to: 'suspect',
      why: '3 calls in a row failed',
    });
  });

  it('doubts it when half of five calls in a minute failed', () => {
    const calls = [false, true, false, true, false, true].map((good, i) => ({ at: at(i * 100 + 1), good }));

    expect(sees(a('ok'), at(SECOND), { calls }).transition).toMatchObject({ to: 'suspect', why: '3 of 6 calls failed' });
  });

  it('is not moved by two bad calls, nor by three with a good one among them', () => {
    const calls = [false, false, true, false].map((good, i) => ({ at: at(i * 100 + 1), good }));

    expect(sees(a('ok'), at(SECOND), { calls: badCalls(2, at(SECOND)) }).transition).toBeUndefined();
    expect(sees(a('ok'), at(SECOND), { calls }).transition).toBeUndefined();
  });

  it('forgets calls of more than a minute ago', () => {
    const calls = badCalls(3, START);

    expect(sees(a('ok', { clearedAt: at(-MINUTE), watchedAt: at(61 * SECOND) }), at(61 * SECOND), { calls }).transition).toBeUndefined();
  });

  it('looks at once when calls fail, and every five seconds while it doubts', () => {
    const doubted = sees(a('ok'), at(SECOND), { calls: badCalls(3, at(SECOND)) });
    expect(doubted.canary).toBe('send');

    const heard = sees(doubted.state, at(3 * SECOND), { heardAt: at(2 * SECOND), calls: badCalls(3, at(SECOND)) });
    expect(heard.state.nextAt).toBe(at(6 * SECOND));
  });

  it('keeps the time of the last good look', () => {
    expect(sees(a('ok', looking), MISSED).state.goodAt).toBe(at(-15 * SECOND));
  });
});

describe('Leaving a doubt', () => {
  it('is over with the first good look', () => {
    const { state, transition } = sees(a('suspect', { ...looking, strikes: 1 }), at(2 * SECOND), echoed);

    expect(transition).toMatchObject({ from: 'suspect', to: 'ok' });
    expect(state).toMatchObject({ goodAt: START, strikes: 0 });
  });

  it('waits until the calls stop failing, so that it is not said and taken back every few seconds', () => {
    const calls = badCalls(3, at(SECOND));
    const still = sees(a('suspect', looking), at(2 * SECOND), { ...echoed, calls });
    expect(still.transition).toBeUndefined();

    const later = sees({ ...still.state, watchedAt: at(62 * SECOND) }, at(62 * SECOND), { calls });
    expect(later.transition).toMatchObject({ to: 'ok' });
  });

  it('becomes down with the third miss in a row', () => {
    const second = sees(a('suspect', { ...looking, strikes: 1 }), MISSED);
    expect(second.transition).toBeUndefined();

    const third = sees({ ...second.state, ...looking }, MISSED);
    expect(third.transition).toEqual({ from: 'suspect', to: 'down', why: '3 looks in a row did not come back' });
  });

  it('becomes down with the first miss when calls fail too', () => {
    const decision = sees(a('suspect', looking), MISSED, { calls: badCalls(3, MISSED) });

    expect(decision.transition).toMatchObject({ to: 'down', why: '3 calls in a row failed, and a look did not come back' });
  });

  it('never becomes down by calls alone', () => {
    expect(sees(a('suspect'), at(SECOND), { calls: badCalls(50, at(SECOND)) }).transition).toBeUndefined();
  });

  it('is over without a look where none is possible, when calls go well again', () => {
    expect(sees(a('suspect'), at(SECOND), { echoes: false }).transition).toMatchObject({ to: 'ok' });
    expect(sees(a('suspect'), at(SECOND), { echoes: false, calls: badCalls(3, at(SECOND)) }).transition).toBeUndefined();
  });
});

describe('Returning from an outage', () => {
  it('goes on looking while the chat is down', () => {
    expect(sees(a('down', { nextAt: START }), START).canary).toBe('send');
  });

  it('begins with the first good look', () => {
    expect(sees(a('down', { ...looking, strikes: 7 }), at(2 * SECOND), echoed).transition).toMatchObject({
      from: 'down',
      to: 'recovering',
    });
  });

  it('is not doubted for calls that failed before', () => {
    const { state } = sees(a('down', looking), at(2 * SECOND), { ...echoed, calls: badCalls(9, at(SECOND)) });

    expect(sees(state, at(3 * SECOND), { calls: badCalls(9, at(SECOND)) }).transition).toBeUndefined();
  });

  const well = { goods: 5, fellAt: at(-20 * MINUTE), since: at(-5 * MINUTE) };

  it('is over after five good looks, five minutes, and when every gap is closed', () => {
    expect(sees(a('recovering', well), START).transition).toMatchObject({ from: 'recovering', to: 'ok' });
  });

  it.each([
    ['a good look is missing', { goods: 4 }, {}],
    ['the five minutes are not over', { since: at(-5 * MINUTE + 1) }, {}],
    ['a gap is still being closed', {}, { unclosed: 1 }],
    ['it went down less than ten minutes ago', { fellAt: at(-10 * MINUTE + 1) }, {}],
  ])('is not over while %s', (_, standing, seen) => {
    expect(sees(a('recovering', { ...well, ...standing }), START, seen).transition).toBeUndefined();
  });

  it('is doubted again at the next miss, and a good look then leads back to recovering, not to ok', () => {
    const doubted = sees(a('recovering', { ...well, goods: 3, ...looking }), MISSED);
    expect(doubted.transition).toMatchObject({ from: 'recovering', to: 'suspect' });

    const again = sees({ ...doubted.state, ...looking }, MISSED, echoed);
    expect(again.transition).toMatchObject({ from: 'suspect', to: 'recovering' });
  });

  it('takes one good look more each time the chat fell again, so that rooms are not told every few seconds', () => {
    const fallenAgain = sees(a('suspect', { ...looking, strikes: 2, fellAt: at(-MINUTE) }), MISSED);
    expect(fallenAgain.transition).toMatchObject({ to: 'down' });

    const first = sees({ ...fallenAgain.state, ...looking }, MISSED, echoed);
    expect(first.transition).toBeUndefined();
    const second = sees({ ...first.state, ...looking }, MISSED, echoed);
    expect(second.transition).toMatchObject({ to: 'recovering' });
  });
});

describe('Being told by a person', () => {
  it.each(['ok', 'suspect', 'recovering'] as const)('believes "it is down" while %s', (state) => {
    expect(sees(a(state), START, { said: 'down' }).transition).toEqual({ from: state, to: 'down', why: 'A person said so' });
  });

  it('lets the word stand against good looks for five minutes, and no longer', () => {
    const { state } = sees(a('ok'), START, { said: 'down' });
    const contradicted = sees({ ...state, ...looking }, at(SECOND), echoed);
    expect(contradicted.transition).toBeUndefined();

    expect(sees({ ...contradicted.state, watchedAt: at(5 * MINUTE) }, at(5 * MINUTE), {}).transition).toMatchObject({ to: 'recovering' });
  });

  it('believes "it is back", and checks: three more misses and it is down again', () => {
    const back = sees(a('down', { strikes: 9 }), START, { said: 'back' });
    expect(back.transition).toMatchObject({ to: 'recovering' });

    const miss = (before: Standing): Decision => sees({ ...before, ...looking }, MISSED);
    const doubted = miss(back.state);
    expect(doubted.transition).toMatchObject({ to: 'suspect' });
    expect(miss(miss(doubted.state).state).transition).toMatchObject({ to: 'down' });
  });
});

describe('Having been away', () => {
  it('doubts what it did not watch for more than thirty seconds, from the last good look on', () => {
    const { state, transition, canary } = sees(a('ok', looking), at(31 * SECOND), { owner: 'b' });

    expect(transition).toEqual({ from: 'ok', to: 'suspect', why: 'Muster itself was away' });
    expect(state).toMatchObject({ goodAt: at(-15 * SECOND), strikes: 0 });
    expect(canary).toBe('send');
  });

  it('is well again with the first good look after it', () => {
    const { state } = sees(a('ok'), at(3_600 * SECOND), { owner: 'b' });

    const back = sees(state, at(3_602 * SECOND), { owner: 'b', heardAt: at(3_601 * SECOND) });

    expect(back.transition).toMatchObject({ from: 'suspect', to: 'ok' });
  });

  it('does not hold old looks and strikes against the chat', () => {
    const { state, transition } = sees(a('suspect', { ...looking, strikes: 2 }), at(31 * SECOND));

    expect(transition).toBeUndefined();
    expect(state).toMatchObject({ state: 'suspect', strikes: 0, look: { nonce: 'next' } });
  });

  it('goes on where another watcher stopped, but for the look whose sender is gone', () => {
    const { state, transition } = sees(a('suspect', { ...looking, strikes: 2 }), at(11 * SECOND), { owner: 'b' });

    expect(transition).toBeUndefined();
    expect(state).toMatchObject({ state: 'suspect', strikes: 2, look: { nonce: 'next', sentAt: at(11 * SECOND) } });
  });

  it('leaves a chat that is down as it is until a look comes back', () => {
    expect(sees(a('down'), at(3_600 * SECOND), { owner: 'b' }).transition).toBeUndefined();
  });
});
