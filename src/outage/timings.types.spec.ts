import { REAL_TIMINGS, describeTimings, paced, tickOf } from './timings.types.ts';

describe('Watching at another pace', () => {
  it('changes nothing at the real pace', () => {
    expect(paced(REAL_TIMINGS, 1)).toEqual(REAL_TIMINGS);
  });

  it('leaves an echo time to arrive on a busy machine, however fast the pace', () => {
    const { everyMs, echoMs } = paced(REAL_TIMINGS, 1_000);

    expect(everyMs).toBeGreaterThanOrEqual(800);
    expect(echoMs).toBeGreaterThanOrEqual(700);
  });

  it('does not shorten how long Muster itself may be away, nor how sure it has to be', () => {
    expect(paced(REAL_TIMINGS, 20)).toMatchObject({ awayMs: 30_000, strikes: 3, goods: 5, badInARow: 3 });
  });

  it('rounds to ticks that cost little of the time it has', () => {
    expect(tickOf(REAL_TIMINGS)).toBe(250);
    expect(tickOf(paced(REAL_TIMINGS, 1_000))).toBe(100);
  });

  it('says in words what is shorter in practice', () => {
    expect(describeTimings(20)).toEqual([
      { what: 'Muster asks the chat for a sign of life every', here: '0.8 seconds', real: '15 seconds' },
      { what: 'No sign counts as a miss after', here: '1 second', real: '10 seconds' },
      { what: 'After a miss it asks again in', here: '0.3 seconds', real: '6 seconds' },
      { what: 'The chat is doubted after at most', here: '1.8 seconds', real: '25 seconds' },
      {
        what: 'The chat is called down after',
        here: '3 misses in a row, at most 4.4 seconds',
        real: '3 misses in a row, at most 57 seconds',
      },
      { what: 'The chat is called well again after', here: '5 signs in a row and 15 seconds', real: '5 signs in a row and 5 minutes' },
    ]);
  });
});
