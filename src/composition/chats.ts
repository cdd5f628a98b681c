import type { ChatPlatform } from '#src/platform/chats/plugins';

/** The one place where adapters meet the core: a line a platform. */
const platforms: readonly (() => Promise<ChatPlatform>)[] = [async () => (await import('./slack.ts')).slack];

export async function loadPlatforms(): Promise<readonly ChatPlatform[]> {
  return Promise.all(platforms.map((load) => load()));
}
