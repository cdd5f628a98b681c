import { until } from '#test/support/until';
import type { RoomEventOf } from '#libs/war-room-protocol/events';
import { shown } from '#test/support/slack';
import { useBadDay } from './slack-bad-day.ts';

/** Events stop, nothing says so, and what happened meanwhile is never delivered: Slack dropped the backlog. */
describe('26 February 2025: Slack goes silent in the middle of an incident', () => {
  const day = useBadDay('26 February 2025');

  it('is noticed without anybody saying so, and both sides go on writing', async () => {
    day.breaks({ kind: 'events-silent' });
    await day.isSeen('parked');
    await day.speaks(7);

    expect(day.minuteOf('parked')).toBeLessThan(8);
    expect(await day.heardHere()).toEqual(['before, in Slack']);
    expect(day.heardThere()).toEqual(['before, in the war room']);
  }, 90_000);

  it('is one history when Slack is back: nothing lost, nothing twice, in order, and the room says how much', async () => {
    day.heals();
    await day.allIsWell();
    const [gap] = await until('the summary', async () => ((await day.gaps()).length > 0 ? day.gaps() : null));

    expect(gap).toMatchObject({ data: { inbound: 7, outbound: 7 } });
    expect((await day.states()).slice(-3)).toEqual(['parked', 'catching-up', 'open']);
  }, 120_000);

  it('shows what came late at its own time, with a mark', async () => {
    const posted = (await day.app.events('INC-1', 'message.posted')) as RoomEventOf<'message.posted'>[];
    const late = posted.filter((event) => event.late);

    expect(late).toHaveLength(7);
    for (const event of late) expect(event.displayAt < event.at).toBe(true);
  });

  it('says the summary in Slack too', async () => {
    await until('the line', () => shown(day.slack, day.channel).some(({ text }) => text.includes('7 messages from here and 7')));
  });
});
