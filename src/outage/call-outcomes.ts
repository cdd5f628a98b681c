import type { Call } from './outage.types.ts';
import type { Timings } from './timings.types.ts';

export interface Doubt {
  readonly say: string;
}

/** What real calls say: so many bad in a row, or enough of them with half of them bad. Never more than a doubt. */
export function doubtIn(calls: readonly Call[], after: number, { badInARow, callsEnough }: Timings): Doubt | null {
  const counted = calls.filter(({ at }) => at > after);
  const latest = counted.slice(-badInARow);
  if (latest.length === badInARow && latest.every(({ good }) => !good)) return { say: `${badInARow} calls in a row failed` };
  const bad = counted.filter(({ good }) => !good).length;
  if (counted.length >= callsEnough && bad * 2 >= counted.length) return { say: `${bad} of ${counted.length} calls failed` };
  return null;
}
