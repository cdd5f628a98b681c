import type { SlackSimulator } from '#adapters/slack/simulator/types';
import type { RoomEvent, RoomEventOf } from '#libs/war-room-protocol/events';
import type { MirrorView } from '#libs/war-room-protocol/mirrors';
import { MirrorTrouble } from '#src/rooms/gaps/mirror-trouble.service';
import { useApp } from '#test/support/app';
import { joinSlack, slackPlatform } from '#test/support/slack';
import { until } from '#test/support/until';

const MINUTE = 60_000;

describe('What was answered in an old thread while Slack told nothing', () => {
  const app = useApp({ roles: ['web', 'ingest', 'worker'], platforms: [slackPlatform] });
  let slack: SlackSimulator;
  let ana: string;

  beforeAll(async () => {
    slack = await joinSlack(app, 'http');
    ana = slack.addUser({ name: 'ana', realName: 'Ana Ruiz' }).id;
  });
  afterEach(() => slack.clearFaults());
  afterAll(() => slack.close());

  it.each([
    ['at once', []],
    ['also when Slack limits us meanwhile', [{ kind: 'rate-limited', on: 'conversations.replies', retryAfter: 1, times: 1 } as const]],
  ])('is read when that is over, as an answer, once, %s', async (_, faults) => {
    const { number, channel } = await mirrored();
    const root = await slack.as(ana).say(channel, 'What do we know?');
    await slack.as(ana).say(channel, 'Nothing yet', { threadTs: root.ts });
    await until('both', async () => (await app.texts(number)).length === 2);
    const surface = { instance: 'slack', tenant: slack.team.id };
    const trouble = app.get(MirrorTrouble);
    const from = Date.now() + 5 * MINUTE;

    await app.database.transaction((tx) => trouble.suspect(tx, surface, new Date(from), 'no echo'));
    slack.setFault({ kind: 'events-silent' });
    await slack.as(ana).say(channel, 'It is the disk', { threadTs: root.ts, ts: `${Math.floor((from + MINUTE) / 1000)}.000100` });
    slack.setFault(faults);
    await app.database.transaction((tx) => trouble.catchUp(tx, surface, new Date(from + 2 * MINUTE)));

    await until('it is read', async () => (await app.texts(number)).includes('It is the disk'));
    await until('the gap is closed', async () => (await app.database.query(`select 1 from gap where state <> 'closed'`)).length === 0);
    const posted = (await app.events(number, 'message.posted')) as RoomEventOf<'message.posted'>[];
    const [first] = posted;
    expect(posted.filter(({ data }) => data.text === 'It is the disk')).toMatchObject([{ data: { replyTo: first?.data.messageId } }]);
  });

  it('and what was taken away meanwhile is learnt a while after, also where Slack leaves a stone for the answers beneath', async () => {
    const { number, channel } = await mirrored();
    const said: string[] = [];
    for (const text of ['It is the disk', 'The password is hunter2', 'Which password?'])
      said.push((await slack.as(ana).say(channel, text)).ts);
    await slack.as(ana).say(channel, 'Never mind', { threadTs: said[2]! });
    await until('all of them', async () => (await app.texts(number)).length === 4);
    const surface = { instance: 'slack', tenant: slack.team.id };
    const trouble = app.get(MirrorTrouble);

    await app.database.transaction((tx) => trouble.suspect(tx, surface, new Date(Date.now() + 1_000), 'no echo'));
    slack.setFault({ kind: 'events-silent' });
    for (const ts of said.slice(1)) await slack.as(ana).remove(channel, ts);
    slack.clearFaults();
    await app.database.transaction((tx) => trouble.catchUp(tx, surface, new Date(Date.now() + 2_000)));
    await until('the gap is closed', async () => (await app.database.query(`select 1 from gap where state <> 'closed'`)).length === 0);
    await app.database.query('update gap set look_back_at = clock_timestamp() where look_back_at is not null');
    await until('it is over', async () => (await app.database.query('select 1 from gap where look_back_at is not null')).length === 0);

    const deleted = (): Promise<RoomEvent[]> => app.events(number, 'message.deleted');
    await until('both are known', async () => (await deleted()).length === 2);
    const posted = await app.events(number, 'message.posted');
    expect((await deleted()).map(({ data }) => data)).toEqual([{ messageId: posted[1]?.id }, { messageId: posted[2]?.id }]);
  });

  async function mirrored() {
    const { number } = await app.anIncident();
    const { permalink } = await until('the mirror', async () => {
      const { mirrors } = (await app.api('GET', `/api/v1/incidents/${number}/snapshot`)).body as { mirrors: MirrorView[] };
      return mirrors[0]?.permalink ? mirrors[0] : null;
    });
    const channel = permalink!.split('/').at(-1)!;
    await slack.as(ana).join(channel);
    return { number, channel };
  }
});
