import type { DrillView } from '#src/drills/drills.types';
import { useApp } from '#test/support/app';
import { joinSlack, shown, slackPlatform } from '#test/support/slack';
import { until } from '#test/support/until';
import type { SlackSimulator } from '#adapters/slack/simulator/types';

/** Slack's minute takes two and a half seconds. */
const PACE = 24;

describe('A drill in Slack, begun by a command', () => {
  const app = useApp({ platforms: [slackPlatform] });
  let slack: SlackSimulator;
  let ana: string;

  beforeAll(async () => {
    slack = await joinSlack(app, 'http', PACE);
    ana = slack.addUser({ name: 'ana', realName: 'Ana Ruiz' }).id;
  }, 60_000);
  afterAll(() => slack.close());

  const last = async (): Promise<DrillView | undefined> =>
    ((await app.api('GET', '/api/v1/drills')).body as { drills: DrillView[] }).drills[0];
  const is = (phase: string): Promise<unknown> => until(`the drill is ${phase}`, async () => (await last())?.phase === phase, 90_000);

  it('opens a channel that says it is a drill, loses what is written there, and has it afterwards', async () => {
    const general = slack.addChannel({ name: 'general', members: [ana, slack.app.botUserId] }).id;
    await slack.as(ana).say(general, 'hello');
    await slack.as(ana).command('/incident', 'status', general);
    await app.database.query(`update person set role = 'responder' where id in (select person_id from account where native_user = $1)`, [
      ana,
    ]);
    await slack.as(ana).command('/incident', 'drill silent 30', general);
    const channel = (await until('the channel', () => slack.channelByName('drill-1-drill-slack-goes-silent'))).id;
    await is('broken');
    await slack.as(ana).join(channel);
    await slack.as(ana).say(channel, 'is anybody there?');
    await until(
      'the room says parked',
      async () => {
        const { mirrors } = (await app.api('GET', '/api/v1/incidents/DRILL-1/snapshot')).body as { mirrors: { state: string }[] };
        return mirrors[0]?.state === 'parked';
      },
      90_000,
    );
    expect(await app.texts('DRILL-1')).toEqual([]);
    await slack.as(ana).command('/incident', 'drill stop', general);
    await is('over');

    expect(await app.texts('DRILL-1')).toEqual(['is anybody there?']);
    expect(JSON.stringify(shown(slack, channel)[0])).toContain('This is a drill. Nothing real is broken');
    expect((await app.events('DRILL-1', 'message.posted'))[0]).toMatchObject({ by: { name: 'Ana Ruiz' } });
  }, 240_000);
});
