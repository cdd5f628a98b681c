import { decide, firstSeen } from './detector.ts';
import type { Decision, Observation, Standing } from './outage.types.ts';
import { REAL_TIMINGS } from './timings.types.ts';

const START = Date.parse('2026-03-01T03:00:00Z');
const SECOND = 1_000;
const MINUTE = 60 * SECOND;

const at = (ms: number): number => START + ms;

const quiet: Observation = {
  owner: 'a',
  looks: true,
  heardAt: null,
  sent: null,
  second: null,
  cutOff: false,
  othersAt: null,
  calls: [],
  unclosed: 0,
  said: null,
  nonce: 'next',
};

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
const ANA = { id: 'ana', name: 'Ana' };
const by = (word: 'down' | 'back') => ({ word, by: ANA });
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

  it('looks again six seconds after a miss', () => {
    expect(sees(a('ok', looking), MISSED).state.nextAt).toBe(MISSED + 6 * SECOND);
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

  it('makes no looks where none can be made', () => {
    expect(sees(a('ok', { nextAt: START }), START, { looks: false }).canary).toBeUndefined();
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

  it('looks at once when calls fail, and every six seconds while it doubts', () => {
    const doubted = sees(a('ok'), at(SECOND), { calls: badCalls(3, at(SECOND)) });
    expect(doubted.canary).toBe('send');

    const heard = sees(doubted.state, at(3 * SECOND), { heardAt: at(2 * SECOND), calls: badCalls(3, at(SECOND)) });
    expect(heard.state.nextAt).toBe(at(7 * SECOND));
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

  it('does not become down with the first or second miss, although calls fail too: half a minute of trouble is no outage', () => {
    const first = sees(a('suspect', looking), MISSED, { calls: badCalls(3, MISSED) });
    expect(first.transition).toBeUndefined();

    expect(sees({ ...first.state, ...looking }, MISSED, { calls: badCalls(3, MISSED) }).transition).toBeUndefined();
  });

  const misses = [at(-139 * SECOND), at(-90 * SECOND), at(-60 * SECOND), at(-30 * SECOND)];
  const answersSome = { ...looking, misses, clearedAt: at(-10 * MINUTE) };

  it('becomes down with the fifth miss within two and a half minutes, although others came back between them', () => {
    expect(sees(a('suspect', answersSome), MISSED).transition).toMatchObject({
      to: 'down',
      why: '5 looks did not come back within 150 seconds',
    });
    expect(sees(a('suspect', { ...answersSome, misses: [at(-140 * SECOND), ...misses.slice(1)] }), MISSED).transition).toBeUndefined();
  });

  it('forgets the misses of an outage that is over', () => {
    expect(sees(a('suspect', { ...answersSome, clearedAt: at(-100 * SECOND) }), MISSED).transition).toBeUndefined();
  });

  it('looks closer for a while after a miss', () => {
    const { state } = sees(a('ok', { ...answersSome, misses: [at(-90 * SECOND)] }), at(2 * SECOND), echoed);

    expect(state.nextAt).toBe(at(6 * SECOND));
  });

  it('never becomes down by calls alone', () => {
    expect(sees(a('suspect'), at(SECOND), { calls: badCalls(50, at(SECOND)) }).transition).toBeUndefined();
  });

  it('is over without a look where none is possible, when calls go well again', () => {
    expect(sees(a('suspect'), at(SECOND), { looks: false }).transition).toMatchObject({ to: 'ok' });
    expect(sees(a('suspect'), at(SECOND), { looks: false, calls: badCalls(3, at(SECOND)) }).transition).toBeUndefined();
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
    expect(sees(a(state), START, { said: by('down') }).transition).toEqual({ from: state, to: 'down', why: 'Ana said so', saidBy: ANA });
  });

  it('lets the word stand against good looks for five minutes, and no longer', () => {
    const { state } = sees(a('ok'), START, { said: by('down') });
    const contradicted = sees({ ...state, ...looking }, at(SECOND), echoed);
    expect(contradicted.transition).toBeUndefined();

    expect(sees({ ...contradicted.state, watchedAt: at(5 * MINUTE) }, at(5 * MINUTE), {}).transition).toMatchObject({ to: 'recovering' });
  });

  it('believes "it is back", and checks: three more misses and it is down again', () => {
    const back = sees(a('down', { strikes: 9 }), START, { said: by('back') });
    expect(back.transition).toMatchObject({ to: 'recovering' });

    const miss = (before: Standing): Decision => sees({ ...before, ...looking }, MISSED);
    const doubted = miss(back.state);
    expect(doubted.transition).toMatchObject({ to: 'suspect' });
    expect(miss(miss(doubted.state).state).transition).toMatchObject({ to: 'down' });
  });
});

describe('Saying whose word it is', () => {
  const said = sees(a('ok'), START, { said: by('down') }).state;

  it('names them for as long as Muster does not see it itself', () => {
    const miss = (before: Standing): Standing => sees({ ...before, ...looking }, MISSED).state;

    expect([said, miss(said), miss(miss(miss(said)))].map(({ saidBy }) => saidBy)).toEqual([ANA, ANA, null]);
  });

  it('names nobody who says what was known before', () => {
    expect(sees(a('down', { strikes: 3 }), START, { said: by('down') }).state).toMatchObject({ saidBy: null, wordUntil: at(5 * MINUTE) });
  });

  it('names nobody once the chat is judged by looks again', () => {
    const contradicted = sees({ ...said, ...looking }, at(SECOND), echoed).state;
    expect(contradicted.saidBy).toEqual(ANA);

    const back = sees({ ...contradicted, watchedAt: at(5 * MINUTE) }, at(5 * MINUTE));
    expect(back).toMatchObject({ state: { saidBy: null }, transition: { to: 'recovering', why: 'A look came back' } });
  });

  it('takes the word after a long absence too', () => {
    expect(sees(a('ok'), at(31 * SECOND), { owner: 'b', said: by('down') }).transition).toMatchObject({ to: 'down', saidBy: ANA });
  });
});

describe('Posting a message now and then', () => {
  const posting = (strikes: number) => ({ second: { look: { nonce: 'post', sentAt: START }, nextAt: START, strikes } });
  const none = { heardAt: null, sent: null, nonce: 'another' };

  it('posts one every five minutes while the chat is relied on, and none while it is not', () => {
    const first = sees(a('ok'), START, { second: none });
    expect(first.post).toBeUndefined();

    const due = (state: Standing['state']) =>
      sees({ ...a(state, first.state.second ? { second: first.state.second } : {}), watchedAt: at(5 * MINUTE) }, at(5 * MINUTE), {
        second: none,
      });
    expect(due('ok')).toMatchObject({ post: 'send', state: { second: { look: { nonce: 'another', sentAt: at(5 * MINUTE) } } } });
    expect(due('down').post).toBeUndefined();
  });

  it('doubts the chat when one is lost although changes arrive, and calls it down after three', () => {
    const lost = (state: Standing['state'], strikes: number) => sees(a(state, posting(strikes)), MISSED, { second: none }).transition;

    expect(lost('ok', 0)).toMatchObject({ to: 'suspect', why: '1 message of ours did not come back' });
    expect(lost('suspect', 1)).toBeUndefined();
    expect(lost('suspect', 2)).toMatchObject({ to: 'down', why: '3 messages in a row of ours did not come back' });
  });

  it('is not reassured by changes that arrive, but by a message', () => {
    const changed = { ...echoed, second: none };
    expect(sees(a('down', { ...looking, ...posting(3) }), at(2 * SECOND), changed).transition).toBeUndefined();

    const posted = { ...echoed, second: { ...none, heardAt: at(SECOND) } };
    expect(sees(a('down', { ...looking, ...posting(3) }), at(2 * SECOND), posted).transition).toMatchObject({ to: 'recovering' });
  });
});

describe('Finding in the history what no event brought', () => {
  const unheard = { count: 1, from: at(-2 * MINUTE) };
  const found = { heardAt: START, sent: { t: 'proven', by: 'read-back', unheard }, unheard } as const;

  it('doubts the chat although the look was good, and says why', () => {
    const one = sees(a('ok', { ...looking, since: at(-MINUTE) }), at(SECOND), found);
    const two = sees(a('ok', { ...looking, since: at(-MINUTE) }), at(SECOND), { ...found, unheard: { ...unheard, count: 2 } });

    expect(one.transition).toEqual({ from: 'ok', to: 'suspect', why: 'Something was said there that it did not tell Muster' });
    expect(two.transition).toMatchObject({ to: 'suspect', why: '2 messages were written there that it did not tell Muster of' });
  });

  it('does not doubt it for that again within a minute, so that a long silence is no flicker', () => {
    expect(sees(a('ok', { ...looking, since: at(-30 * SECOND) }), at(SECOND), found).transition).toBeUndefined();
  });

  it('has everything read that was said since before that', () => {
    expect(sees(a('ok', { ...looking, since: at(-MINUTE) }), at(SECOND), found).state.goodAt).toBe(unheard.from);
  });

  it('relies on it again with the next good look, and never calls it down for that', () => {
    let { state } = sees(a('ok', { ...looking, since: at(-MINUTE) }), at(SECOND), found);
    expect(state.look).not.toBeNull();

    state = sees(state, at(2 * SECOND), { heardAt: at(SECOND), sent: { t: 'proven', by: 'read-back' } }).state;
    expect(state).toMatchObject({ state: 'ok', proof: 'read-back', strikes: 0 });

    const again = sees({ ...a('suspect'), ...looking }, at(SECOND), found);
    expect(again.transition).toMatchObject({ to: 'ok' });
  });
});

describe('Telling which half of a chat is in trouble', () => {
  const missed = (seen: Partial<Observation>): Standing['half'] => sees(a('ok', looking), MISSED, seen).state.half;
  const answered = { sent: { t: 'sent' } } as const;
  const failed = { sent: { t: 'unsure' } } as const;

  it.each([
    ['what it tells us, when it answers our calls and nobody is heard', 'events', answered],
    ['what is said to it, when calls fail and others are heard', 'send', { ...failed, othersAt: at(SECOND) }],
    ['nothing, when calls fail and nobody is heard', null, { ...failed, othersAt: at(-SECOND) }],
    ['nothing, when only the echo of ours is missing', null, { ...answered, othersAt: at(SECOND) }],
  ] as const)('names %s', (_, half, seen) => {
    expect(missed(seen) ?? null).toBe(half);
  });

  it('names what is said to it, when messages are lost and changes arrive', () => {
    const lost = { second: { look: null, nextAt: at(MINUTE), strikes: 1 } };

    expect(sees(a('suspect', { ...looking, ...lost }), at(2 * SECOND), echoed).state.half).toBe('send');
  });

  it('names neither once the chat is relied on', () => {
    expect(sees(a('suspect', { ...looking, half: 'events' }), at(2 * SECOND), echoed)).toMatchObject({
      transition: { to: 'ok' },
      state: { half: null },
    });
  });
});

describe('Telling our own line from theirs', () => {
  const cut = { cutOff: true };

  it('says so when a chat that is doubted or down is one of all that cannot be reached', () => {
    const down = sees(a('suspect', { ...looking, strikes: 2 }), MISSED, cut);

    expect(down.transition).toMatchObject({ to: 'down', why: 'Muster reaches nothing outside' });
    expect(down.state.cutOff).toBe(true);
    expect(sees(down.state, MISSED + SECOND).state.cutOff).toBe(false);
  });

  it('makes posts wait, and calls the chat down for everybody only when it is missed three times over a line that works', () => {
    const fallen = sees(a('suspect', { ...looking, strikes: 2 }), MISSED, cut).state;
    expect(fallen).toMatchObject({ state: 'down', untold: true });

    const over = sees({ ...fallen, look: { nonce: 'sent while it was cut', sentAt: MISSED } }, at(20 * SECOND));
    expect(over).toMatchObject({ canary: 'send', state: { state: 'down', strikes: 0, misses: [], look: { nonce: 'next' } } });
    expect(over.transition).toBeUndefined();

    const missedBy = (strikes: number) => sees({ ...over.state, strikes }, at(31 * SECOND));
    expect(missedBy(1).transition).toBeUndefined();
    expect(missedBy(2)).toMatchObject({
      transition: { from: 'down', to: 'down', why: '3 looks in a row did not come back' },
      state: { untold: false, fellAt: fallen.fellAt },
    });
  });

  it('forgets messages that were lost behind it, too', () => {
    const lost = { second: { look: { nonce: 'posted', sentAt: START }, nextAt: at(MINUTE), strikes: 2 } };
    const second = { heardAt: null, sent: null, nonce: 'post' };

    expect(sees(a('suspect', { cutOff: true, ...lost }), MISSED, { second }).state.second).toMatchObject({ strikes: 0 });
  });

  it('does not tell twice of a chat that was known to be down before the line was cut', () => {
    const back = sees(a('down', { cutOff: true, strikes: 7 }), START).state;

    expect(sees({ ...back, ...looking, strikes: 7 }, MISSED).transition).toBeUndefined();
  });

  it('goes on with a look that came back although the line was cut', () => {
    expect(sees(a('suspect', { ...looking, cutOff: true, strikes: 1 }), at(2 * SECOND), echoed).transition).toMatchObject({ to: 'ok' });
  });

  it('takes the word of somebody who knows that it is the chat', () => {
    const fallen = sees(a('suspect', { ...looking, strikes: 2 }), MISSED, cut).state;

    expect(sees(fallen, MISSED + SECOND, { ...cut, said: by('down') })).toMatchObject({
      transition: { from: 'down', to: 'down', saidBy: ANA },
      state: { untold: false },
    });
  });

  it('holds nothing against a chat that answers', () => {
    expect(sees(a('ok', looking), at(2 * SECOND), { ...echoed, ...cut }).state.cutOff ?? false).toBe(false);
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
