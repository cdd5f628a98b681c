const WINDOW_MS = 60_000;
/** More keys than this at once are a flood; the oldest are forgotten, so that counting them costs no memory. */
const KEYS = 10_000;

interface Counted {
  readonly since: number;
  times: number;
}

/** How often something may happen in a minute for each key (an address, a session), in this process. */
export class RateLimit {
  private readonly counted = new Map<string, Counted>();

  constructor(readonly perMinute: number) {}

  /** Null when it may, otherwise how long to wait in milliseconds. Counts it. */
  take(key: string, now: number): number | null {
    const known = this.counted.get(key);
    if (!known || now - known.since >= WINDOW_MS) {
      this.counted.delete(key);
      this.counted.set(key, { since: now, times: 1 });
      this.forget();
      return null;
    }
    known.times++;
    return known.times > this.perMinute ? known.since + WINDOW_MS - now : null;
  }

  private forget(): void {
    const [oldest] = this.counted.keys();
    if (this.counted.size > KEYS && oldest !== undefined) this.counted.delete(oldest);
  }
}
