import type { Observation, Standing } from './outage.types.ts';
import { judgeSecond } from './second-look.ts';
import type { Timings } from './timings.types.ts';

/** However long a chat asks us to wait, the next look comes within so many usual intervals. */
const MOST_PATIENT = 4;

/** What became of the looks under way, as far as anybody knows by now. */
export function judge(watched: Standing, { looks, heardAt, sent, second, cutOff }: Observation, now: number, timings: Timings): Standing {
  const judged = watched.second && second ? judgeSecond(watched.second, second, now, timings) : watched.second;
  const standing = judged === watched.second || !judged ? watched : { ...watched, second: judged };
  const { look, state, goodAt } = standing;
  if (!look) return looks && standing.blind === null ? standing : trusting(standing, now, timings);
  if (heardAt !== null && heardAt - look.sentAt <= timings.echoMs) {
    const good = {
      ...standing,
      look: null,
      blind: null,
      provenAt: look.sentAt,
      goodAt: state === 'ok' || state === 'recovering' ? look.sentAt : goodAt,
      strikes: 0,
      goods: standing.goods + 1,
      ...(sent?.t === 'proven' ? { proof: sent.by } : {}),
      nextAt: look.sentAt + (state === 'suspect' || missesLately(standing, now, timings) > 0 ? timings.againMs : timings.everyMs),
    };
    return standing.answered ? { ...good, answered: 0 } : good;
  }
  if (sent?.t === 'prepared') return { ...standing, look: null, nextAt: now };
  if (sent?.t === 'limited') {
    return {
      ...standing,
      look: null,
      nextAt: now + Math.min(Math.max(sent.retryAfterMs, timings.againMs), MOST_PATIENT * timings.everyMs),
    };
  }
  if (sent?.t === 'impossible') return { ...standing, look: null, blind: sent.why, strikes: 0, nextAt: now + timings.everyMs };
  if (now <= look.sentAt + timings.echoMs) return standing;
  const strikes = standing.strikes + 1;
  return {
    ...standing,
    look: null,
    blind: null,
    strikes,
    misses: [...(standing.misses ?? []).filter((at) => at > now - timings.lateMs), now],
    goods: 0,
    nextAt: now + timings.againMs,
    ...(sent?.t === 'sent'
      ? { answered: (standing.strikes > 0 ? (standing.answered ?? 0) : 0) + 1 }
      : standing.strikes > 0
        ? {}
        : { answered: 0 }),
    // By now Muster sees it itself.
    ...(standing.saidBy && strikes >= timings.strikes && !cutOff ? { saidBy: null } : {}),
  };
}

/** Where no look is possible, calls that do not fail are all the proof there is. */
function trusting(standing: Standing, now: number, { everyMs, callsMs }: Timings): Standing {
  const goodAt = now - callsMs;
  return standing.state === 'ok' && goodAt - standing.goodAt >= everyMs ? { ...standing, goodAt } : standing;
}

/** A chat that fails half the time answers the other half: its misses are seldom three in a row. */
export const missesLately = ({ misses = [], clearedAt }: Standing, now: number, { lateMs }: Timings): number =>
  misses.filter((at) => at > Math.max(clearedAt, now - lateMs)).length;
