import { slackPlugin } from '#adapters/slack/src/plugin';
import { fromEnvironment } from '#adapters/slack/src/slack-environment';
import type { ChatPlatform } from '#src/platform/chats/plugins';

export const slack: ChatPlatform = {
  plugin: slackPlugin,
  fromEnvironment,
  pretend: async () => (await import('./pretend-slack.ts')).startPretendSlack(),
};
