import type { AdapterPlugin } from '@musterhq/chat-port';
import { configJsonSchema } from './teams-config.ts';
import { TeamsSetup } from './setup/teams-setup.ts';

export { fromEnvironment } from './teams-environment.ts';

/** Microsoft Teams without Graph. Wants the secret `client_secret`, and what the configuration lacks of `app_id`, `tenant_id`, `channel`. */
export const teamsPlugin: AdapterPlugin = {
  chatport: 1,
  id: 'teams',
  name: 'Microsoft Teams',
  config: configJsonSchema,
  // Microsoft's SDK is large: who has no Teams loads nothing of it.
  create: async (ctx) => (await import('./teams-adapter.ts')).createTeamsAdapter(ctx),
  setup: (ctx) => new TeamsSetup(ctx),
};
