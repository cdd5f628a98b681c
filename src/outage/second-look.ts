import type { Looked, SecondLook } from './outage.types.ts';
import type { Timings } from './timings.types.ts';

/** Of a chat that nobody has posted in yet to know whether it works. */
export const firstSecondLook = (now: number, { postMs }: Timings): SecondLook => ({ look: null, nextAt: now + postMs, strikes: 0 });

/** What became of the post under way. */
export function judgeSecond(second: SecondLook, { heardAt, sent }: Looked, now: number, timings: Timings): SecondLook {
  const { look, strikes } = second;
  if (!look) return second;
  if (heardAt !== null && heardAt - look.sentAt <= timings.echoMs) return { look: null, nextAt: look.sentAt + timings.postMs, strikes: 0 };
  if (sent?.t === 'limited') return { ...second, look: null, nextAt: now + timings.everyMs };
  // That it cannot be made is for the first look to tell.
  if (sent?.t === 'impossible' || sent?.t === 'prepared') return { look: null, nextAt: now + timings.postMs, strikes: 0 };
  if (now <= look.sentAt + timings.echoMs) return second;
  return { look: null, nextAt: now + timings.againMs, strikes: strikes + 1 };
}
