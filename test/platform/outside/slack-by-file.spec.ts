import type { SlackSimulator } from '#adapters/slack/simulator/types';
import { startSlackSimulator } from '#adapters/slack/simulator/start';
import { Chats } from '#src/platform/chats/chats';
import { useApp } from '#test/support/app';
import { slackPlatform } from '#test/support/slack';
import { until } from '#test/support/until';
import { anAdmin } from '#test/war-room/pages/browser';
import { MANIFEST } from '#test/support/slack-manifest';
import { OutsideFolder } from './outside-folder.ts';

describe('Two Slacks from a file', () => {
  const folder = new OutsideFolder([]);
  const workspaces = new Map<string, SlackSimulator>();

  beforeAll(async () => {
    for (const id of ['slack-eu', 'slack-us']) {
      const slack = await startSlackSimulator({ manifest: MANIFEST, team: { id: id === 'slack-eu' ? 'T0EU' : 'T0US', name: id } });
      workspaces.set(id, slack);
      process.env[variable(id, 'BOT')] = slack.app.botToken;
      process.env[variable(id, 'SIGNING')] = slack.app.signingSecret;
    }
    const chat = (id: string): object => ({
      id,
      name: id === 'slack-eu' ? 'Slack Europe' : 'Slack America',
      plugin: 'slack',
      config: { mode: 'http', apiUrl: workspaces.get(id)?.apiUrl },
      secrets: { bot_token: { env: variable(id, 'BOT') }, signing_secret: { env: variable(id, 'SIGNING') } },
    });
    folder.chats([chat('slack-eu'), chat('slack-us'), { id: 'slack-wrong', plugin: 'slack', config: { mode: 'pigeon', comand: '/x' } }]);
  });
  const app = useApp({ platforms: [slackPlatform], environment: { MUSTER_CHATS: folder.file } });
  afterAll(async () => {
    for (const slack of workspaces.values()) await slack.close();
    folder.remove();
  });

  it('are joined both, and an incident has a channel in each', async () => {
    await until('both are joined', async () => (await app.database.query('select 1 from chat_tenant')).length === 2, 30_000);

    await app.anIncident();

    for (const [id, slack] of workspaces)
      await until(`a channel in ${id}`, () => slack.channels().some(({ name }) => name.startsWith('inc-1')), 30_000);
    expect(
      app
        .get(Chats)
        .all()
        .map(({ name }) => name),
    ).toEqual(['Slack Europe', 'Slack America']);
  }, 90_000);

  it('are set up each by itself', async () => {
    const { body } = await (await anAdmin(app)).open('/adapters/slack-eu/setup');

    expect(body).toContain('Set up Slack Europe');
    expect(body).toContain(`<code>bot_token</code>, from <code>${variable('slack-eu', 'BOT')}</code>: set`);
    expect(body).toContain('/hooks/slack-eu');
    expect(body).not.toContain('CHAT_ADAPTERS=');
  });

  it('are checked against the schema of what comes with Muster too', async () => {
    const { body } = await (await anAdmin(app)).open('/adapters');

    expect(body).toContain(
      'The settings of &quot;slack-wrong&quot; are not as Slack wants them: comand is not known (did you mean command?)',
    );
  });
});

const variable = (id: string, what: string): string => `OUTSIDE_${id.replace('-', '_').toUpperCase()}_${what}`;
