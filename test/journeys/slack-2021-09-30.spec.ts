import { useBadDay } from './slack-bad-day.ts';

/** Slack's name could not be resolved behind some resolvers, ours among them. For everybody else it was there, and it sent its events. */
describe('30 September 2021: Slack cannot be reached from here, and is there for everybody else', () => {
  const day = useBadDay('30 September 2021');

  it('is noticed, and what people say there is heard: events come by a name of ours', async () => {
    day.breaks({ kind: 'reset', when: 'before' });
    await day.isSeen('parked');
    await day.speaks(3);
    await day.hasHeard(4);

    expect(day.heardThere()).toEqual(['before, in the war room']);
  }, 90_000);

  it('says what waited when the name resolves again, once and in order', async () => {
    day.heals();
    await day.allIsWell();
  }, 120_000);
});
