import { type Doubt, doubtIn } from './call-outcomes.ts';
import type { Decision, Observation, Standing, SurfaceState } from './outage.types.ts';
import type { Timings } from './timings.types.ts';

/** However long a chat asks us to wait, the next look comes within so many usual intervals. */
const MOST_PATIENT = 4;

/**
 * Whether a chat can be relied on, as a pure function of what is known and the time. Nothing here waits, stores or calls.
 *
 *   ok ──a miss, or bad calls──▶ suspect ──3 misses, or bad calls and a miss──▶ down ──a good look──▶ recovering ──▶ ok
 *   ok ◀──a good look, calls quiet── suspect ◀───────────a miss, or bad calls──────────────────────────┘
 *
 * A look is a canary: we change a message of our own and wait for the event that tells us of it, so it sees an API that
 * fails and events that stop. Real calls alone never mean `down`. A person's word does.
 *
 * From `suspect` a chat that fell goes back to `recovering`, not to `ok`: "ok" waits for good looks in a row, for calm,
 * for the end of every gap, and for so long since the fall that nobody is told "down" twice within ten minutes.
 */
export function decide(before: Standing, seen: Observation, now: number, timings: Timings): Decision {
  const watched = watch(before, seen, now, timings);
  const judged = judge(watched, seen, now, timings);
  const doubt = doubtIn(seen.calls, Math.max(judged.clearedAt, now - timings.callsMs), timings);
  const next = awayFor(before, now, timings) ? afterAway(judged) : nextOf(judged, doubt, seen, now, timings);

  const moved = next ? enter(judged, next.to, seen, now, timings) : judged;
  const { state, send } = look(moved, seen, now);
  return {
    state,
    ...(next && next.to !== before.state ? { transition: { from: before.state, to: next.to, why: next.why } } : {}),
    ...(send ? { canary: 'send' as const } : {}),
  };
}

/** A chat that nobody has watched yet. Nothing speaks against it. */
export function firstSeen(now: number, owner: string): Standing {
  return {
    state: 'ok',
    since: now,
    goodAt: now,
    provenAt: null,
    look: null,
    nextAt: now,
    strikes: 0,
    missedAt: null,
    goods: 0,
    needs: 1,
    fellAt: null,
    clearedAt: now,
    wordUntil: null,
    blind: null,
    watchedAt: now,
    owner,
  };
}

interface Next {
  readonly to: SurfaceState;
  readonly why: string;
}

const awayFor = ({ watchedAt }: Standing, now: number, { awayMs }: Timings): boolean => now - watchedAt > awayMs;

/** A look whose sender is gone says nothing about the chat, and neither do strikes from before a long absence. */
function watch(standing: Standing, { owner }: Observation, now: number, timings: Timings): Standing {
  const away = awayFor(standing, now, timings);
  const isMine = standing.owner === owner && !away;
  return {
    ...standing,
    owner,
    watchedAt: now,
    ...(isMine ? {} : { look: null, nextAt: Math.min(standing.nextAt, now) }),
    ...(away ? { strikes: 0, goods: 0, nextAt: now } : {}),
  };
}

/** What was not heard while nobody listened is read back, as after a doubt. A chat that is down stays so until a good look. */
function afterAway({ state }: Standing): Next | null {
  return state === 'ok' || state === 'recovering' ? { to: 'suspect', why: 'Muster itself was away' } : null;
}

function judge(standing: Standing, { echoes, heardAt, sent }: Observation, now: number, timings: Timings): Standing {
  const { look, state, goodAt } = standing;
  if (!look) return echoes && standing.blind === null ? standing : trusting(standing, now, timings);
  if (heardAt !== null && heardAt - look.sentAt <= timings.echoMs) {
    return {
      ...standing,
      look: null,
      blind: null,
      provenAt: look.sentAt,
      goodAt: state === 'ok' || state === 'recovering' ? look.sentAt : goodAt,
      strikes: 0,
      goods: standing.goods + 1,
      nextAt: look.sentAt + (state === 'suspect' ? timings.againMs : timings.everyMs),
    };
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
  return { ...standing, look: null, blind: null, strikes: standing.strikes + 1, missedAt: now, goods: 0, nextAt: now + timings.againMs };
}

/** Where no look is possible, calls that do not fail are all the proof there is. */
function trusting(standing: Standing, now: number, { everyMs, callsMs }: Timings): Standing {
  const goodAt = now - callsMs;
  return standing.state === 'ok' && goodAt - standing.goodAt >= everyMs ? { ...standing, goodAt } : standing;
}

function nextOf(standing: Standing, doubt: Doubt | null, seen: Observation, now: number, timings: Timings): Next | null {
  const { state, strikes } = standing;
  if (seen.said === 'down') return { to: 'down', why: 'A person said so' };
  if (seen.said === 'back' && (state === 'down' || state === 'suspect')) return { to: 'recovering', why: 'A person said so' };

  const missed = `${strikes} ${strikes === 1 ? 'look' : 'looks in a row'} did not come back`;
  const proves = seen.echoes && standing.blind === null;
  switch (state) {
    case 'ok':
    case 'recovering':
      if (strikes > 0) return { to: 'suspect', why: missed };
      if (doubt) return { to: 'suspect', why: doubt.say };
      return state === 'recovering' && isWell(standing, proves, seen, now, timings)
        ? { to: 'ok', why: 'It has been well long enough' }
        : null;
    case 'suspect':
      if (strikes >= timings.strikes) return { to: 'down', why: missed };
      if (doubt && missedLately(standing, now, timings)) return { to: 'down', why: `${doubt.say}, and a look did not come back` };
      if (doubt || strikes > 0 || (proves && standing.goods === 0)) return null;
      return { to: standing.fellAt === null ? 'ok' : 'recovering', why: proves ? 'A look came back' : 'Calls go well again' };
    case 'down':
      if (standing.wordUntil !== null && now < standing.wordUntil) return null;
      if (proves ? standing.goods < standing.needs : strikes > 0) return null;
      return { to: 'recovering', why: proves ? 'A look came back' : 'It is worth a try again' };
  }
}

/** Not only the latest look: a chat that fails half the time answers the other half, and would never be seen to be down. */
const missedLately = ({ missedAt, clearedAt }: Standing, now: number, { callsMs }: Timings): boolean =>
  missedAt !== null && missedAt > Math.max(clearedAt, now - callsMs);

function isWell(standing: Standing, proves: boolean, { unclosed }: Observation, now: number, timings: Timings): boolean {
  const calm = now - standing.since >= timings.calmMs && now - (standing.fellAt ?? 0) >= timings.betweenFallsMs;
  return calm && unclosed === 0 && (!proves || standing.goods >= timings.goods);
}

function enter(standing: Standing, to: SurfaceState, { said }: Observation, now: number, timings: Timings): Standing {
  const { fellAt, needs, goods, provenAt, strikes } = standing;
  const moved = { ...standing, state: to, since: to === standing.state ? standing.since : now };
  const proven = { goodAt: goods > 0 && provenAt !== null ? provenAt : standing.goodAt };
  switch (to) {
    case 'suspect':
      // Calls that fail are reason to look at once; a miss has set the time of the next look already.
      return { ...moved, goods: 0, nextAt: strikes > 0 ? moved.nextAt : now };
    case 'down':
      return {
        ...moved,
        goods: 0,
        fellAt: fellAt ?? now,
        needs: fellAt === null || to === standing.state ? needs : Math.min(needs + 1, timings.goods),
        wordUntil: said === 'down' ? now + timings.wordMs : null,
      };
    case 'recovering':
      return { ...moved, ...proven, clearedAt: now, strikes: 0, wordUntil: null };
    case 'ok':
      return { ...moved, ...proven, fellAt: null, needs: 1 };
  }
}

function look(standing: Standing, { echoes, nonce }: Observation, now: number): { state: Standing; send: boolean } {
  if (!echoes || standing.look || now < standing.nextAt) return { state: standing, send: false };
  return { state: { ...standing, look: { nonce, sentAt: now } }, send: true };
}
