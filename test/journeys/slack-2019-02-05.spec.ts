import { useBadDay } from './slack-bad-day.ts';

/** Only what apps write failed. People wrote and read as always, and apps could read. */
describe('5 February 2019: Slack takes nothing from apps, and tells them everything', () => {
  const day = useBadDay('5 February 2019');

  it('is noticed, and what is said in Slack is heard all the same', async () => {
    day.breaks({ kind: 'status', status: 503, on: 'writes' });
    await day.isSeen('parked');
    await day.speaks(3);
    await day.hasHeard(4);

    expect(await day.state()).not.toBe('open');
    expect(day.heardThere()).toEqual(['before, in the war room']);
  }, 90_000);

  it('says what waited when Slack takes it again, once and in order', async () => {
    day.heals();
    await day.allIsWell();

    expect((await day.states()).at(-1)).toBe('open');
  }, 120_000);
});
