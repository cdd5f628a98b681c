import type { Outcome } from '#src/platform/outgoing/send';

export type Next =
  | { readonly to: 'received' }
  | { readonly to: 'again'; readonly at: Date }
  /** Its receiver wants no more of them. */
  | { readonly to: 'gone' }
  | { readonly to: 'given-up' };

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Soon while it may be a restart, and then every three hours: a receiver that was away for a night is told by breakfast. */
const WAITS = [5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR];
const LATER = 3 * HOUR;
/** Three days and a little, from a Friday evening to a Monday evening. */
export const MOST_ATTEMPTS = 1 + WAITS.length + 24;
/** Receivers that came back together are not asked all at the same moment. */
const JITTER = 0.2;

/** `chance` is from 0 to 1, and only moves the time. */
export function decide({ status, problem }: Outcome, attempts: number, now: Date, chance: number): Next {
  if (problem === null) return { to: 'received' };
  if (status === 410) return { to: 'gone' };
  if (attempts >= MOST_ATTEMPTS) return { to: 'given-up' };
  const wait = WAITS[attempts - 1] ?? LATER;
  return { to: 'again', at: new Date(now.getTime() + wait * (1 + JITTER * chance)) };
}
