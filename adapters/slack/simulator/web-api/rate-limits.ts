/** Calls a minute each tier allows at least. Methods not listed are tier 3. */
const TIERS = { 1: 1, 2: 20, 3: 50, 4: 100 } as const;
const TIER_OF: Readonly<Record<string, keyof typeof TIERS>> = {
  'apps.connections.open': 1,
  'conversations.archive': 2,
  'conversations.create': 2,
  'conversations.list': 2,
  'conversations.unarchive': 2,
  'conversations.rename': 2,
  'conversations.setTopic': 2,
  'conversations.setPurpose': 2,
  'pins.add': 2,
  'pins.list': 2,
  'pins.remove': 2,
  'bookmarks.add': 2,
  'reactions.remove': 2,
  'usergroups.list': 2,
  'users.list': 2,
  'chat.postEphemeral': 4,
  'conversations.members': 4,
  'files.completeUploadExternal': 4,
  'files.getUploadURLExternal': 4,
  'files.info': 4,
  'users.info': 4,
  'views.open': 4,
  'views.push': 4,
  'views.update': 4,
  'views.publish': 4,
};
/** Short bursts above one post a second are tolerated; how many is not documented. */
const POST_BURST = 5;

/** Slack's own limits, when they are switched on: tiers a method, and posts a channel. */
export class RateLimits {
  readonly #calls = new Map<string, number[]>();
  readonly #now: () => number;
  readonly #pace: number;

  constructor(now: () => number, pace: number) {
    this.#now = now;
    this.#pace = pace;
  }

  /** Seconds to wait, or undefined when the call may go on; then it counts. */
  refuse(method: string, channel: string | undefined): number | undefined {
    if (method === 'auth.test') return undefined;
    if (method === 'chat.postMessage') return this.#take(`post:${channel ?? ''}`, POST_BURST, POST_BURST * 1000);
    return this.#take(method, TIERS[TIER_OF[method] ?? 3], 60_000);
  }

  #take(key: string, most: number, realMs: number): number | undefined {
    const now = this.#now();
    const windowMs = realMs / this.#pace;
    const recent = (this.#calls.get(key) ?? []).filter((at) => at > now - windowMs);
    this.#calls.set(key, recent);
    const oldest = recent[0];
    if (recent.length >= most && oldest !== undefined) return Math.max(1, Math.ceil((oldest + windowMs - now) / 1000));
    recent.push(now);
    return undefined;
  }
}
