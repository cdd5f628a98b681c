import { isConnectionLost, isTooBusy, isTooSlow } from './database-errors.ts';

/** A lock that others hold, a database that is full: a quarter of an hour of it, in a row, with the waits for locks. */
const TIMES_TOO_BUSY = 100;
/** Some work takes its connection with it each time, or takes too long each time. */
const TIMES_LOST = 20;
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 5_000;

/**
 * Whose fault it was that work failed. Three moments in which the database goes away, or has no time, would put innocent work
 * aside; work that meets them again and again, with no end in between, is taken to be their cause.
 */
export class Excuses {
  private readonly times = new Map<string, number>();

  /** How long the work should wait after a failure that was not its fault; null when it counts. */
  waitMs(work: string, error: unknown): number | null {
    const times = (this.times.get(work) ?? 0) + 1;
    if (times > allowed(error)) return null;
    this.times.set(work, times);
    return Math.min(FIRST_WAIT_MS * 2 ** (times - 1), LONGEST_WAIT_MS);
  }

  /** It ended, one way or the other. */
  forget(work: string): void {
    this.times.delete(work);
  }
}

function allowed(error: unknown): number {
  if (isTooBusy(error)) return TIMES_TOO_BUSY;
  return isConnectionLost(error) || isTooSlow(error) ? TIMES_LOST : 0;
}
