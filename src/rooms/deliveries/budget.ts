import type { Capabilities, Op } from '@musterhq/chat-port';

type Rate = Capabilities['rates'][number];

/**
 * A call arrives a moment after it was counted here, and the next one maybe sooner: without this, 6 of 122 posts that went out one a
 * second were answered 429 (`npm run chaos -- R6 --small`, with five a five seconds allowed).
 */
const ON_ITS_WAY_MS = 50;

/**
 * How soon a call may be made, by the platform's own published limits. Kept in the memory of the one worker that holds
 * the tenant's lease; a new holder starts empty, and the platform's 429 is the safety net.
 */
export class Budget {
  private readonly spent = new Map<string, number[]>();

  constructor(
    private readonly rates: readonly Rate[],
    private readonly pace: number,
  ) {}

  /** Milliseconds to wait before this call; 0 means now, and then it has been counted. */
  take(op: Op, room: string, now: number): number {
    const rules = this.rates
      .filter((rate) => rate.op === op || rate.op === '*')
      .map((rate) => ({ rate, windowMs: (rate.windowMs + ON_ITS_WAY_MS) / this.pace, calls: this.calls(rate, room) }));
    const wait = Math.max(0, ...rules.map(({ rate, windowMs, calls }) => waitFor(calls, rate.permits, windowMs, now)));
    if (wait > 0) return wait;
    for (const { calls, windowMs } of rules) {
      calls.push(now);
      while ((calls[0] ?? now) <= now - windowMs) calls.shift();
    }
    return 0;
  }

  private calls(rate: Rate, room: string): number[] {
    const key = `${rate.op} ${rate.permits}/${rate.windowMs} ${rate.per === 'room' ? room : ''}`;
    const calls = this.spent.get(key) ?? [];
    this.spent.set(key, calls);
    return calls;
  }
}

function waitFor(calls: readonly number[], permits: number, windowMs: number, now: number): number {
  const oldest = calls[calls.length - permits];
  return oldest === undefined ? 0 : Math.max(0, oldest + windowMs - now);
}
