import type { ChatPlatform } from '#src/platform/chats/plugins';

/** The one place where adapters meet the core. */
const platforms: readonly (() => Promise<ChatPlatform>)[] = [
  // A line a platform.
  async () => (await import('./slack.ts')).slack,
  async () => (await import('./teams.ts')).teams,
];

export async function loadPlatforms(): Promise<readonly ChatPlatform[]> {
  return Promise.all(platforms.map((load) => load()));
}
