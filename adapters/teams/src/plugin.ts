import type { AdapterPlugin } from '@musterhq/chat-port';
import { createTeamsAdapter } from './teams-adapter.ts';
import { configJsonSchema } from './teams-config.ts';

/** Microsoft Teams without Graph: threads of channels and chats that the app was added to. Wants the secret `client_secret`. */
export const teamsPlugin: AdapterPlugin = {
  chatport: 1,
  id: 'teams',
  name: 'Microsoft Teams',
  config: configJsonSchema,
  create: createTeamsAdapter,
};
