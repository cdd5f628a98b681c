import { fromEnvironment, teamsPlugin } from '#adapters/teams/src/plugin';
import type { ChatPlatform } from '#src/platform/chats/plugins';

export const teams: ChatPlatform = {
  plugin: teamsPlugin,
  fromEnvironment,
  pretend: async () => (await import('./pretend-teams.ts')).startPretendTeams(),
};
