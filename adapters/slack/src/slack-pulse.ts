import type { Attempt } from '@musterhq/chat-port';
import type { SlackHealth } from './slack-health.ts';
import type { SlackIdentity } from './slack-identity.ts';

/** While all is well somebody else's calls tell us soon enough; this is for the quiet hour. */
const AT_REST_MS = 30_000;
const FIRST_LOOK_MS = 250;
const LONGEST_LOOK_MS = 15_000;

/**
 * Asks Slack who we are, to know whether it is there: at the start, now and then, and at once when a call went wrong.
 *
 * This is not a retry: no call of the core is made again here. It is how `offline` finds its way back to `ready`.
 */
export class SlackPulse {
  private timer: NodeJS.Timeout | undefined;
  private looking = false;
  private misses = 0;
  private readonly stopping = new AbortController();

  constructor(
    private readonly identity: SlackIdentity,
    private readonly health: SlackHealth,
    private readonly now: () => number,
  ) {}

  /** Returns at once; a Slack that is away is no error. */
  start(): void {
    void this.look();
  }

  /** A call ended. When it speaks against Slack being there, or for it being back, have a look. */
  heard(attempt: Attempt<unknown>): void {
    const { state } = this.health;
    if (attempt.outcome === 'done') {
      if (state === 'offline' || state === 'unauthorized') this.lookSoon();
      return;
    }
    const telling = attempt.fault.code === 'auth' || attempt.fault.code === 'unavailable' || attempt.fault.code === 'timeout';
    if (telling && (state === 'ready' || state === 'limited')) this.lookSoon();
  }

  /** Somebody says that it is over: have a look at once. */
  doubt(): void {
    this.lookSoon();
  }

  stop(): void {
    this.stopping.abort();
    clearTimeout(this.timer);
  }

  private lookSoon(): void {
    if (!this.looking) void this.look();
  }

  private async look(): Promise<void> {
    if (this.looking || this.stopping.signal.aborted) return;
    this.looking = true;
    clearTimeout(this.timer);
    const answer = await this.identity.learn(this.stopping.signal);
    this.looking = false;
    if (this.stopping.signal.aborted) return;

    this.misses = answer.outcome === 'done' ? 0 : this.misses + 1;
    const next = this.misses === 0 ? AT_REST_MS : withJitter(Math.min(FIRST_LOOK_MS * 2 ** (this.misses - 1), LONGEST_LOOK_MS));
    if (answer.outcome === 'done') this.health.apiIs('up', { tenant: answer.value.tenant });
    // Whoever says "not so fast" is there.
    else if (answer.fault.code !== 'rate-limited') this.health.apiIs(answer.fault, { retryAt: this.now() + next });

    this.timer = setTimeout(() => void this.look(), next);
    this.timer.unref();
  }
}

export function withJitter(ms: number): number {
  return ms * (0.8 + 0.4 * Math.random());
}
