import type { AdapterContext } from '@musterhq/chat-port';
import { z } from 'zod';
import { channelOf } from './conversations.ts';

const url = z.url({ protocol: /^https?$/ });

const schema = z.object({
  appId: z.string().min(1).optional().describe('The application id of the bot, as its registration shows it'),
  tenantId: z.string().min(1).optional().describe('The Microsoft 365 tenant in which the bot is registered'),
  channel: z.string().min(1).optional().describe('The channel in which each incident gets a thread: its link, or its id'),
  serviceUrl: url.default('https://smba.trafficmanager.net/teams').describe('Where Teams takes what the bot says'),
  loginUrl: url.default('https://login.microsoftonline.com').describe('Where the bot gets its token'),
  openIdMetadataUrl: url
    .default('https://login.botframework.com/v1/.well-known/openidconfiguration')
    .describe('Where the keys are with which Teams signs its tokens'),
});

type Given = Readonly<z.infer<typeof schema>>;

/** All that the adapter goes by. `channel` is an id: without one there are no rooms of its own. */
export type TeamsConfig = Given & { readonly appId: string; readonly tenantId: string };

/** For the registry: what `ctx.config` may hold. */
export const configJsonSchema: object = z.toJSONSchema(schema, { io: 'input' });

/** What an admin enters on a page is kept beside the secret, under these names. Of what is not in the configuration. */
export const ENTERED = { appId: 'app_id', tenantId: 'tenant_id', channel: 'channel' } as const;

/** What there is of it so far; text as it was given. */
export async function givenConfig({ config, secrets }: Pick<AdapterContext, 'config' | 'secrets'>): Promise<Given> {
  const given = parseConfig(config);
  const entered = await Promise.all(
    Object.entries(ENTERED).map(async ([name, secret]): Promise<[string, string] | undefined> => {
      const value = given[name as keyof typeof ENTERED] ?? (await secrets.get(secret).catch(() => undefined));
      return value === undefined || value.trim() === '' ? undefined : [name, value.trim()];
    }),
  );
  return { ...given, ...Object.fromEntries(entered.filter((one) => one !== undefined)) };
}

/** Rejects, in words, while something is missing or wrong. */
export async function completeConfig(ctx: Pick<AdapterContext, 'config' | 'secrets' | 'instance'>): Promise<TeamsConfig> {
  const given = await givenConfig(ctx);
  const { appId, tenantId, channel } = given;
  const where = `/adapters/${ctx.instance}/setup says where to find it.`;
  if (appId === undefined) throw new Error(`Teams has no application id of a bot yet. ${where}`);
  if (tenantId === undefined) throw new Error(`Teams has no tenant yet. ${where}`);
  if (channel === undefined) return { ...given, appId, tenantId };
  const id = channelOf(channel);
  if (id === undefined) throw new Error(`"${channel.slice(0, 80)}" is neither a link to a channel of Teams nor the id of one. ${where}`);
  return { ...given, appId, tenantId, channel: id };
}

/** Throws with everything that is wrong at once. */
export function parseConfig(config: unknown): Given {
  const result = schema.safeParse(config ?? {});
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `${path.join('.') || 'config'}: ${message}`);
  throw new Error(['The configuration of Teams is not usable:', ...problems].join('\n  - '));
}
