import type { AdapterPlugin } from '@musterhq/chat-port';
import { createSlackAdapter } from './slack-adapter.ts';
import { configJsonSchema } from './slack-config.ts';
import { SlackSetup } from './slack-setup.ts';

export { fromEnvironment, slackEnvironment } from './slack-environment.ts';
export { slackManifest } from './slack-manifest.ts';

/** Slack, over signed requests or Socket Mode. Wants the secrets `bot_token`, and `signing_secret` or `app_token`. */
export const slackPlugin: AdapterPlugin = {
  chatport: 1,
  id: 'slack',
  name: 'Slack',
  config: configJsonSchema,
  create: createSlackAdapter,
  setup: (ctx) => new SlackSetup(ctx),
};
