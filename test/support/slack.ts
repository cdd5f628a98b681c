import type { AdapterContext } from '@musterhq/chat-port';
import { startSlackSimulator } from '#adapters/slack/simulator/start';
import type { SlackMessage, SlackSimulator, SlackSimulatorOptions } from '#adapters/slack/simulator/types';
import { slackManifest } from '#adapters/slack/src/plugin';
import { slack as slackPlatform } from '#src/composition/slack';
import type { ChatPlatform } from '#src/platform/chats/plugins';
import type { TestApp } from './app.ts';
import { until } from './until.ts';

export { slackPlatform };

/** Slack as strict as it is: the app has what is in its manifest and no more, and is held to Slack's limits, at its own pace. */
export const asStrictAsSlack = (mode: 'http' | 'socket', pace: number): SlackSimulatorOptions => ({
  manifest: slackManifest({ name: 'Muster', socketMode: mode === 'socket' }),
  rateLimits: { pace },
});

type Joined = Pick<TestApp, 'database' | 'doorbell' | 'url'>;

/** A pretend Slack joined to an app of the tests, by signed HTTP or by Socket Mode. */
export async function joinSlack(
  app: Joined,
  mode: 'http' | 'socket',
  pace = 50,
  as: SlackSimulatorOptions = {},
  settings: object = {},
): Promise<SlackSimulator> {
  const slack = await startSlackSimulator({ ...asStrictAsSlack(mode, pace), ...as });
  const { botToken, signingSecret, appToken } = slack.app;
  const config = { mode, apiUrl: slack.apiUrl, ...settings };
  const secrets = { bot_token: botToken, signing_secret: signingSecret, app_token: appToken };
  await app.database.query(
    `insert into chat_instance (id, plugin, name, config, secrets, pace) values ('slack', 'slack', 'Slack', $1, $2, $3)`,
    [JSON.stringify(config), JSON.stringify(secrets), pace],
  );
  await app.database.query(`insert into chat_tenant (instance, tenant) values ('slack', $1)`, [slack.team.id]);
  if (mode === 'http') await slack.setRequestUrl(`${app.url}/hooks/slack`);
  app.doorbell.ring({ topic: 'chats', id: 'slack' });
  await until('Slack is joined', async () => {
    const [health] = await app.database.query(`select 1 from chat_tenant where instance = 'slack'`);
    return health && (mode === 'http' ? await hooked(app) : slack.socketCount() > 0);
  });
  return slack;
}

async function hooked(app: Joined): Promise<boolean> {
  return (await fetch(`${app.url}/hooks/slack`, { method: 'POST', body: '{}' })).status !== 404;
}

/** What people see in a channel, without what Slack itself says of joins and topics. */
export function shown(slack: SlackSimulator, channel: string): SlackMessage[] {
  return slack.messages(channel).filter(({ subtype }) => subtype === undefined || subtype === 'bot_message');
}

/** Slack as it comes with Muster, for whoever has only a pretend one: its address is not among what people enter. */
export const slackAt = (apiUrl: () => string): ChatPlatform => {
  const there = (ctx: AdapterContext): AdapterContext => ({ ...ctx, config: { ...(ctx.config as object), apiUrl: apiUrl() } });
  const { plugin } = slackPlatform;
  return {
    ...slackPlatform,
    plugin: { ...plugin, create: (ctx) => plugin.create(there(ctx)), setup: (ctx) => plugin.setup!(there(ctx)) },
  };
};
