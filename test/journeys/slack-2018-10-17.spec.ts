import { useBadDay } from './slack-bad-day.ts';

/** Events came hours late, and then all at once. */
describe('17 October 2018: Slack tells everything hours later, and then in a flood', () => {
  const day = useBadDay('17 October 2018');

  it('is noticed while the events are held back, and both sides go on writing', async () => {
    day.breaks({ kind: 'events-out-of-order', size: 10_000 });
    await day.isSeen('parked');
    await day.speaks(10);

    expect(await day.heardHere()).toEqual(['before, in Slack']);
  }, 90_000);

  it('has each message once and in its place, though history and the flood, in reverse, both bring it', async () => {
    day.heals();
    await day.allIsWell();
    await day.slack.idle();
    await day.allIsWell();
  }, 120_000);
});
