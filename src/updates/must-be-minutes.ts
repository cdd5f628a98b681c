import { limits } from '#libs/war-room-protocol/vocabulary';
import { MinutesNotUsable } from './updates.errors.ts';

/** How far ahead something can be promised or put off. `given`: as it was written. @throws MinutesNotUsable */
export function mustBeMinutes(minutes: number, given = String(minutes)): void {
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > limits.aheadMinutes) throw new MinutesNotUsable(given, limits.aheadMinutes);
}
