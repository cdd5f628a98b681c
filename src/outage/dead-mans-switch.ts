import type { Log } from '#src/platform/logging/logging';

const EVERY_MS = 60_000;
const WAIT_MS = 10_000;

/** Tells somebody outside, every minute, that the chats are watched: who hears nothing for a while knows that Muster itself is down. */
export class DeadMansSwitch {
  private told = -Infinity;
  private isHeard = true;

  /** `url`: where a GET is taken for a sign of life. Without it, nobody is told. */
  constructor(
    private readonly url: string | undefined,
    private readonly log: Pick<Log, 'warn' | 'info'>,
  ) {}

  /** After each look at all chats. Never waits, never throws. */
  alive(now = performance.now()): void {
    if (!this.url || now - this.told < EVERY_MS) return;
    this.told = now;
    void this.tell(this.url);
  }

  private async tell(url: string): Promise<void> {
    const problem = await fetch(url, { signal: AbortSignal.timeout(WAIT_MS) }).then(
      ({ ok, status }) => (ok ? null : `It answered ${status}.`),
      () => 'It could not be reached.',
    );
    if ((problem === null) === this.isHeard) return;
    this.isHeard = problem === null;
    // The address is a secret: whoever knows it can say that Muster lives.
    if (problem === null) this.log.info({}, 'dead man’s switch is heard again');
    else this.log.warn({ problem }, 'dead man’s switch does not hear that Muster lives');
  }
}
