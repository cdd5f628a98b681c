import { z } from 'zod';

export const SLACK_API = 'https://slack.com/api/';
export const DEFAULT_COMMAND = '/incident';

const schema = z.object({
  mode: z
    .union([
      z.literal('socket').meta({ title: 'Muster calls Slack (Socket Mode): works anywhere, also on this machine' }),
      z.literal('http').meta({ title: 'Slack calls Muster: needs an https address that Slack can reach' }),
    ])
    .describe('Who calls whom'),
  apiUrl: z
    .url({ protocol: /^https?$/ })
    .default(SLACK_API)
    .describe('The address of the Web API'),
  command: z
    .string()
    .regex(/^\/[a-z0-9_-]{1,31}$/, 'starts with a slash and has small letters, digits, - or _ after it')
    .default(DEFAULT_COMMAND)
    .describe('The slash command of the app'),
  statusUrl: z
    .string()
    .regex(/^(off|https?:\/\/\S+)$/, 'is an address, or "off"')
    .optional()
    .describe('Where Slack says in public how it is; "off" and it is not asked'),
  pretend: z.boolean().default(false).describe('A workspace that exists only for practice'),
});

export type SlackConfig = Readonly<z.infer<typeof schema>>;

/** For the registry: what `ctx.config` may hold. */
export const configJsonSchema: object = z.toJSONSchema(schema, { io: 'input' });

/** Thrown by `create`, naming everything that is wrong at once. */
export class SlackConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(['The configuration of Slack is not usable:', ...problems].join('\n  - '));
    this.name = 'SlackConfigError';
  }
}

export function parseConfig(config: unknown): SlackConfig {
  const result = schema.safeParse(config ?? {});
  if (result.success) return result.data;
  throw new SlackConfigError(result.error.issues.map(({ path, message }) => `${path.join('.') || 'config'}: ${message}`));
}
