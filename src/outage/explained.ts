import type { Doubt } from './call-outcomes.ts';
import type { Half, Observation, Standing } from './outage.types.ts';
import type { Timings } from './timings.types.ts';

/** What is known of the trouble besides that there is some. */
export function explained(standing: Standing, doubt: Doubt | null, seen: Observation, timings: Timings): Standing {
  const isInTrouble = standing.state === 'suspect' || standing.state === 'down';
  const cutOff = isInTrouble && seen.cutOff && !standing.saidBy;
  const half = cutOff ? null : halfInTrouble(standing, doubt, seen, timings);
  const halved = half === (standing.half ?? null) ? standing : { ...standing, half };
  return cutOff === (standing.cutOff ?? false) ? halved : { ...halved, cutOff };
}

/** Which half is in trouble: claimed only where the other one is known to work. */
function halfInTrouble(standing: Standing, doubt: Doubt | null, { othersAt }: Observation, { echoMs }: Timings): Half | null {
  const { state, strikes, answered = 0, misses = [], second, goods, saidBy } = standing;
  if (state === 'ok' || state === 'recovering' || saidBy) return null;
  const takesNothing = doubt !== null || (second?.strikes ?? 0) > 0 || strikes > answered;
  const first = misses.at(-strikes);
  const isHeard =
    strikes === 0 ? goods > 0 || standing.half === 'send' : othersAt !== null && first !== undefined && othersAt > first - echoMs;
  if (takesNothing) return isHeard ? 'send' : null;
  return strikes > 0 && !isHeard ? 'events' : null;
}
