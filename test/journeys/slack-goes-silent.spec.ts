import type { SlackSimulator } from '#adapters/slack/simulator/types';
import type { RoomEvent } from '#libs/war-room-protocol/events';
import { useApp } from '#test/support/app';
import { joinSlack, shown, slackPlatform } from '#test/support/slack';
import { until } from '#test/support/until';

/** As on 26 February 2025: events stop, nothing says so, and what happened meanwhile is never delivered. */
describe('Slack going silent in the middle of an incident', () => {
  const app = useApp({ platforms: [slackPlatform] });
  let slack: SlackSimulator;
  let ana: string;
  let channel: string;

  beforeAll(async () => {
    slack = await joinSlack(app, 'http', 8);
    ana = slack.addUser({ name: 'ana', realName: 'Ana Ruiz' }).id;
    const general = slack.addChannel({ name: 'general', members: [ana, slack.app.botUserId] }).id;
    await slack.as(ana).command('/incident', 'Checkout is failing', general);
    channel = (await until('the channel', () => slack.channelByName('inc-1-checkout-is-failing'))).id;
    await slack.as(ana).join(channel);
    await slack.as(ana).say(channel, 'before');
    await until('the first message', async () => (await app.texts('INC-1')).includes('before'));
    await until('a first good look', async () => (await state()) === 'ok');
  }, 60_000);
  afterAll(() => slack.close());

  it('is noticed without anybody saying so, and the room is told', async () => {
    slack.setFault({ kind: 'events-silent' });

    const parked = await until('the news', async () => (await app.events('INC-1', 'mirror.parked'))[0], 40_000);

    expect(parked).toMatchObject({ data: { surface: { name: 'Slack' } } });
  }, 60_000);

  it('lets both sides go on writing', async () => {
    for (const n of [1, 2, 3, 4, 5, 6, 7]) await slack.as(ana).say(channel, `in Slack ${n}`);
    for (const n of [1, 2, 3, 4, 5]) await app.says('INC-1', `in the war room ${n}`);

    expect(await app.texts('INC-1')).toEqual(['before', ...[1, 2, 3, 4, 5].map((n) => `in the war room ${n}`)]);
    expect(shown(slack, channel).some(({ text }) => text.includes('in the war room'))).toBe(false);
  });

  it('makes one history of the two when Slack is back: nothing lost, nothing twice, in order', async () => {
    slack.clearFaults();

    const gap = await until('the summary', async () => (await app.events('INC-1', 'gap.closed'))[0], 60_000);

    expect(gap).toMatchObject({ data: { inbound: 7, outbound: 5 } });
    const inSlack = [1, 2, 3, 4, 5, 6, 7].map((n) => `in Slack ${n}`);
    const here = [1, 2, 3, 4, 5].map((n) => `in the war room ${n}`);
    expect(await app.texts('INC-1')).toEqual(['before', ...here, ...inSlack]);
    expect(
      shown(slack, channel)
        .map(({ text }) => text)
        .filter((text) => text.includes('in the war room')),
    ).toEqual(here);
  }, 90_000);

  it('shows what came late at its own time, with a mark', async () => {
    const late = (await app.events('INC-1', 'message.posted')).filter((event) => event.late);

    expect(late).toHaveLength(7);
    for (const event of late) expect(event.displayAt < event.at).toBe(true);
    expect(sortedByTime(late)).toEqual(late);
  });

  it('says the summary in Slack too', async () => {
    await until('the line', () => shown(slack, channel).some(({ text }) => text.includes('7 messages from here and 5')));
  });

  async function state(): Promise<string | undefined> {
    const [row] = await app.database.query<{ state: string }>(`select state from surface_health where instance = 'slack'`);
    return row?.state;
  }
});

const sortedByTime = (events: readonly RoomEvent[]): RoomEvent[] =>
  [...events].sort((a, b) => a.displayAt.localeCompare(b.displayAt) || a.seq - b.seq);
