const AT_ONCE = 10;
const EVERY_MS = 200;

/**
 * How often one follower looks at one stream: ten times as soon as something is there, which is more than people say in a
 * burst, and from then on five times a second. What gathers meanwhile is handled in one transaction.
 *
 * Without it a history that is merged, some thirty messages a second in each room, costs two transactions of each follower for
 * every message: as much as writing them into the log.
 */
export class Pace {
  /** When the tenth look back from now would have been due. Only streams that were looked at a moment ago. */
  private readonly filledTo = new Map<string, number>();

  /** Takes a look now: 0. Or how long to wait with it, in milliseconds. */
  take(stream: string, now: number): number {
    const filledTo = Math.max(this.filledTo.get(stream) ?? 0, now);
    const waitMs = filledTo - now - (AT_ONCE - 1) * EVERY_MS;
    if (waitMs > 0) return waitMs;
    this.filledTo.set(stream, filledTo + EVERY_MS);
    return 0;
  }

  forget(now: number): void {
    for (const [stream, filledTo] of this.filledTo) if (filledTo <= now) this.filledTo.delete(stream);
  }
}
