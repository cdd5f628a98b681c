import { z } from 'zod';

const url = z.url({ protocol: /^https?$/ });

const schema = z.object({
  appId: z.string().min(1).describe('The application id of the bot, as its registration shows it'),
  tenantId: z.string().min(1).describe('The Microsoft 365 tenant in which the bot is registered'),
  serviceUrl: url.default('https://smba.trafficmanager.net/teams').describe('Where Teams takes what the bot says'),
  loginUrl: url.default('https://login.microsoftonline.com').describe('Where the bot gets its token'),
  openIdMetadataUrl: url
    .default('https://login.botframework.com/v1/.well-known/openidconfiguration')
    .describe('Where the keys are with which Teams signs its tokens'),
});

export type TeamsConfig = Readonly<z.infer<typeof schema>>;

/** For the registry: what `ctx.config` may hold. */
export const configJsonSchema: object = z.toJSONSchema(schema, { io: 'input' });

/** Rejects with everything that is wrong at once. */
export function parseConfig(config: unknown): TeamsConfig {
  const result = schema.safeParse(config ?? {});
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `${path.join('.') || 'config'}: ${message}`);
  throw new Error(['The configuration of Teams is not usable:', ...problems].join('\n  - '));
}
