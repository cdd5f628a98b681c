const LIMIT = 30;
const WINDOW_MS = 60_000;
/** More addresses than this at once are a flood; the oldest are forgotten, so that counting them costs no memory. */
const ADDRESSES = 10_000;

interface Counted {
  readonly since: number;
  tries: number;
}

/** How often one address may try a link, in this process: a token cannot be guessed, and nobody gets to try fast. */
export class RedemptionLimit {
  private readonly counted = new Map<string, Counted>();

  /** Null when it may, otherwise how long to wait in milliseconds. Counts the try. */
  take(address: string, now: number): number | null {
    const known = this.counted.get(address);
    if (!known || now - known.since >= WINDOW_MS) {
      this.counted.delete(address);
      this.counted.set(address, { since: now, tries: 1 });
      this.forget();
      return null;
    }
    known.tries++;
    return known.tries > LIMIT ? known.since + WINDOW_MS - now : null;
  }

  private forget(): void {
    const [oldest] = this.counted.keys();
    if (this.counted.size > ADDRESSES && oldest !== undefined) this.counted.delete(oldest);
  }
}
