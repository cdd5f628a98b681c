import { useBadDay } from './slack-bad-day.ts';

/** First errors, then everything slow, then nothing at all. */
describe('4 January 2021: Slack errs, slows down, and is gone', () => {
  const day = useBadDay('4 January 2021');

  it('says nothing twice and nothing out of order while calls fail now and then', async () => {
    day.breaks({ kind: 'status', status: 500, on: ['chat.postMessage'], chance: 0.5 });
    await day.speaks(4);
    day.breaks({ kind: 'slow', byMs: 300 });
    await day.speaks(2);
  }, 90_000);

  it('goes on in the war room when nothing answers any more', async () => {
    day.breaks({ kind: 'all', api: 'refused' });
    await day.isSeen('parked');
    for (const n of [1, 2, 3]) await day.saysHere(`alone ${n}`);

    expect(day.heardThere()).not.toContain('alone 1');
  }, 90_000);

  it('is one history when Slack is back', async () => {
    day.heals();
    await day.allIsWell();

    expect((await day.states()).slice(-2)).toEqual(['catching-up', 'open']);
  }, 120_000);
});
