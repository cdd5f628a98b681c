import type { Call } from './outage.types.ts';
import type { Timings } from './timings.types.ts';

export interface Doubt {
  readonly say: string;
}

/** What real calls, oldest first, say: so many bad in a row, or enough of them with half of them bad. Never more than a doubt. */
export function doubtIn(calls: readonly Call[], after: number, { badInARow, callsEnough }: Timings): Doubt | null {
  let [all, bad] = [0, 0];
  for (let i = calls.length - 1; i >= 0; i--) {
    const call = calls[i];
    if (!call || call.at <= after) break;
    all++;
    if (!call.good) bad++;
    if (all === badInARow && bad === all) return { say: `${badInARow} calls in a row failed` };
  }
  return all >= callsEnough && bad * 2 >= all ? { say: `${bad} of ${all} calls failed` } : null;
}
