import type { Content, UserRef } from '@musterhq/chat-port';
import type { Chats } from '#src/platform/chats/chats';
import type { Log } from '#src/platform/logging/logging';
import { type Clock, REAL_CLOCK, pause, within } from '#src/platform/loops/clock';

const CALL_TIMEOUT_MS = 10_000;
const TRIES = 5;
const AGAIN_MS = 2_000;

/**
 * Puts people's pages into their chat: for each person one after the other, so that an older page never replaces a newer one. A page is
 * made anew for each attempt. It is a view of what is elsewhere: one that could not be shown is shown when it is opened again.
 */
export class HomePublisher {
  private readonly turns = new Map<string, Promise<void>>();
  private readonly stopping = new AbortController();

  constructor(
    private readonly chats: Pick<Chats, 'get'>,
    private readonly log: Log,
    private readonly clock: Clock = REAL_CLOCK,
  ) {}

  /** Never rejects, and does not wait. */
  publish(user: UserRef, page: () => Promise<Content>): void {
    const key = `${user.adapter}/${user.tenant}/${user.user}`;
    const turn = (this.turns.get(key) ?? Promise.resolve())
      .then(() => this.show(user, page))
      .catch((error: unknown) => this.log.warn({ instance: user.adapter, error }, 'a home page could not be shown'))
      .finally(() => {
        if (this.turns.get(key) === turn) this.turns.delete(key);
      });
    this.turns.set(key, turn);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.turns.values());
  }

  private async show(user: UserRef, page: () => Promise<Content>): Promise<void> {
    for (let tries = 1; tries <= TRIES && !this.stopping.signal.aborted; tries++) {
      const home = this.chats.get(user.adapter)?.adapter.home;
      if (!home) return;
      const content = await page();
      const shown = await within(this.clock, CALL_TIMEOUT_MS, this.stopping.signal, (signal) => home.publish(user, content, signal));
      if (shown.outcome === 'done') return;
      const { code, retryAfterMs } = shown.fault;
      if (shown.outcome === 'refused' && code !== 'rate-limited' && code !== 'unavailable') {
        this.log.warn({ instance: user.adapter, fault: code }, 'a home page was refused');
        return;
      }
      await pause(this.clock, retryAfterMs ?? AGAIN_MS * tries, this.stopping.signal);
    }
  }
}
