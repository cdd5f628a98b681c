import type { SlackSimulator } from '#adapters/slack/simulator/types';
import type { RoomEventOf } from '#libs/war-room-protocol/events';
import type { MirrorView } from '#libs/war-room-protocol/mirrors';
import type { Participant } from '#libs/war-room-protocol/views';
import { useApp } from '#test/support/app';
import { joinSlack, slackPlatform } from '#test/support/slack';
import { until } from '#test/support/until';

describe('What other apps say in an incident’s channel', () => {
  const app = useApp({ roles: ['web', 'ingest', 'worker'], platforms: [slackPlatform] });
  let slack: SlackSimulator;

  beforeAll(async () => {
    slack = await joinSlack(app, 'http');
  });
  afterAll(() => slack.close());

  it.each([
    ['its profile', { bot_profile: { id: 'B0ALERTS', name: 'PagerDuty', app_id: 'A1' } }, 'PagerDuty (app)'],
    ['the name that it gave itself for this post', { username: 'Grafana prod', bot_profile: { name: 'Grafana' } }, 'Grafana prod (app)'],
    ['a name that is a person’s', { username: 'Ana Ruiz' }, 'Ana Ruiz (app)'],
  ])('stands under %s, and makes nobody take part', async (_, about, name) => {
    const { number, channel } = await mirrored();
    const before = await peopleOf(number);

    await alert(channel, { ...about, text: 'disk <#C0000001|infra> full, <!subteam^S0000001|@oncall> look' });

    const [said] = await until('it is heard', async () => {
      const posted = (await app.events(number, 'message.posted')) as RoomEventOf<'message.posted'>[];
      return posted.length > 0 ? posted : null;
    });
    expect(said).toMatchObject({ by: { name }, data: { text: 'disk #infra full, @oncall look' } });
    expect(await peopleOf(number)).toEqual(before);
    expect(slack.calls().filter(({ method, args }) => method === 'users.info' && args['user'] === 'B0ALERTS')).toEqual([]);
  });

  it('calls groups and channels by their names, and those whose name is not for everybody by what they are', async () => {
    const { number, channel } = await mirrored();
    const oncall = slack.addGroup({ handle: 'oncall', name: 'On call' });
    const infra = slack.addChannel({ name: 'infra' }).id;
    const secret = slack.addChannel({ name: 'payroll-leaks', isPrivate: true, members: [slack.app.botUserId] }).id;
    const ana = slack.addUser({ name: 'ana', realName: 'Ana Ruiz' }).id;
    await slack.as(ana).join(channel);
    const elements = [
      { type: 'usergroup', usergroup_id: oncall },
      { type: 'text', text: ' and ' },
      { type: 'usergroup', usergroup_id: 'S0NOBODY' },
    ];

    await alert(channel, { username: 'Grafana', text: `<!subteam^${oncall}> <#${infra}|> <#${secret}> <#C0NOWHERE> look` });
    const rich = [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] }];
    await slack.as(ana).say(channel, 'x', { blocks: rich as never });

    await until('both', async () => (await app.texts(number)).length === 2);
    expect(await app.texts(number)).toEqual(['@oncall #infra a channel a channel look', '@oncall and a group']);
    expect(slack.calls().filter(({ method, args }) => method === 'conversations.info' && args['channel'] === infra)).toHaveLength(1);
  });

  async function alert(channel: string, message: Record<string, unknown> & { text: string }): Promise<void> {
    const ts = `${Math.floor(Date.now() / 1000)}.${String(Math.floor(Math.random() * 1e6)).padStart(6, '0')}`;
    const of = { subtype: 'bot_message', bot_id: 'B0ALERTS', channel, channel_type: 'channel', ts, event_ts: ts };
    await slack.sendEvent({ type: 'message', ...of, ...(message as { text: string }) });
  }

  async function mirrored() {
    const { number } = await app.anIncident();
    const { permalink } = await until('the mirror', async () => {
      const { mirrors } = (await app.api('GET', `/api/v1/incidents/${number}/snapshot`)).body as { mirrors: MirrorView[] };
      return mirrors[0]?.permalink ? mirrors[0] : null;
    });
    return { number, channel: permalink!.split('/').at(-1)! };
  }

  async function peopleOf(number: string): Promise<string[]> {
    const { people } = (await app.api('GET', `/api/v1/incidents/${number}/snapshot`)).body as { people: Participant[] };
    return people.map(({ name }) => name);
  }
});
