import type { AdapterContext } from '@musterhq/chat-port';
import { z } from 'zod';
import { channelOf, teamIn } from './conversations.ts';

/** What an incident is in Teams: a thread of the channel that was chosen, a channel of its team, or a group chat of those who take part. */
export const KINDS = ['thread', 'channel', 'chat'] as const;
export type Kind = (typeof KINDS)[number];

/** What a private one gets: nothing, or a group chat. */
export const PRIVATE_KINDS = ['none', 'chat'] as const;
export type PrivateKind = (typeof PRIVATE_KINDS)[number];

const YES_OR_NO = ['yes', 'no'] as const;

const url = z.url({ protocol: /^https?$/ });

const schema = z.object({
  appId: z.string().min(1).optional().describe('The application id of the bot, as its registration shows it'),
  tenantId: z.string().min(1).optional().describe('The Microsoft 365 tenant in which the bot is registered'),
  channel: z
    .string()
    .min(1)
    .optional()
    .describe(
      'A channel, by its link: incidents are threads in it, or its team is where they get channels. Its id will do for threads alone',
    ),
  kind: z
    .enum(KINDS)
    .optional()
    .describe(
      'What each incident gets: a "thread" in that channel, unless told, a "channel" of its own, or a group "chat" of those who take part',
    ),
  private: z
    .enum(PRIVATE_KINDS)
    .optional()
    .describe('What a private incident gets: "none", unless told, or a group "chat" of those who are let in'),
  files: z
    .enum(YES_OR_NO)
    .optional()
    .describe(
      'Whether Muster reads the files that people attach in the channels of incidents, and puts those of the room there: "yes" or "no"',
    ),
  serviceUrl: url.default('https://smba.trafficmanager.net/teams').describe('Where Teams takes what the bot says'),
  loginUrl: url.default('https://login.microsoftonline.com').describe('Where the bot gets its token'),
  graphUrl: url.default('https://graph.microsoft.com').describe('Where Microsoft Graph is'),
  openIdMetadataUrl: url
    .default('https://login.botframework.com/v1/.well-known/openidconfiguration')
    .describe('Where the keys are with which Teams signs its tokens'),
});

/** `kind`, `private` and `files` are what somebody entered, so they may be none. */
type Given = Readonly<Omit<z.infer<typeof schema>, 'kind' | 'private' | 'files'>> & {
  readonly kind?: string | undefined;
  readonly private?: string | undefined;
  readonly files?: string | undefined;
};

/**
 * All that the adapter goes by. `channel` is an id: without one there are no rooms of its own. `team` is that of the channel, as Graph
 * names it: without one Graph is not asked.
 */
export type TeamsConfig = Omit<Given, 'kind' | 'private' | 'files'> & {
  readonly appId: string;
  readonly tenantId: string;
  readonly kind: Kind;
  readonly private: PrivateKind;
  readonly team?: string;
  /** The files of the team's channels are Muster's to read and write. */
  readonly files: boolean;
};

/** For the registry: what `ctx.config` may hold. */
export const configJsonSchema: object = z.toJSONSchema(schema, { io: 'input' });

/** What an admin enters on a page is kept beside the secret, under these names. Of what is not in the configuration. */
export const ENTERED = {
  appId: 'app_id',
  tenantId: 'tenant_id',
  channel: 'channel',
  kind: 'kind',
  private: 'private',
  files: 'files',
} as const;

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
  const { appId, tenantId, channel, kind = 'thread', private: ofPrivate = 'none', files = 'no', ...others } = given;
  const where = `/adapters/${ctx.instance}/setup says where to find it.`;
  if (appId === undefined) throw new Error(`Teams has no application id of a bot yet. ${where}`);
  if (tenantId === undefined) throw new Error(`Teams has no tenant yet. ${where}`);
  if (!isKind(kind)) throw new Error(`"${kind.slice(0, 20)}" is none of what an incident can be in Teams: ${KINDS.join(', ')}. ${where}`);
  if (!isYesOrNo(files)) throw new Error(`"${files.slice(0, 20)}" is no answer to whether Muster may have the files: yes or no. ${where}`);
  if (!isPrivateKind(ofPrivate))
    throw new Error(
      `"${ofPrivate.slice(0, 20)}" is none of what a private incident can get in Teams: ${PRIVATE_KINDS.join(', ')}. ${where}`,
    );
  const known = { ...others, appId, tenantId, kind, private: kind === 'chat' ? ('chat' as const) : ofPrivate, files: files === 'yes' };
  if (channel === undefined) return known;
  const id = channelOf(channel);
  if (id === undefined) throw new Error(`"${channel.slice(0, 80)}" is neither a link to a channel of Teams nor the id of one. ${where}`);
  const team = teamIn(channel);
  if ((kind !== 'thread' || known.private === 'chat') && team === undefined)
    throw new Error(`Of the channel of Teams its link is needed ("Get link to channel"), because that names its team. ${where}`);
  if (known.files && team === undefined)
    throw new Error(
      `To have the files of the channel, its whole link is needed ("Get link to channel"), because that names its team. ${where}`,
    );
  return { ...known, channel: id, ...(team !== undefined && { team }) };
}

export const isKind = (text: string): text is Kind => (KINDS as readonly string[]).includes(text);

export const isYesOrNo = (text: string): boolean => (YES_OR_NO as readonly string[]).includes(text);
export const isPrivateKind = (text: string): text is PrivateKind => (PRIVATE_KINDS as readonly string[]).includes(text);

/** Throws with everything that is wrong at once. */
export function parseConfig(config: unknown): Given {
  const result = schema.safeParse(config ?? {});
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `${path.join('.') || 'config'}: ${message}`);
  throw new Error(['The configuration of Teams is not usable:', ...problems].join('\n  - '));
}
