import { type Doubt, doubtIn } from './call-outcomes.ts';
import type { Decision, Half, Observation, SecondLook, Standing, SurfaceState, Transition } from './outage.types.ts';
import { firstSecondLook, judgeSecond } from './second-look.ts';
import { type Timings, inWords } from './timings.types.ts';

/** However long a chat asks us to wait, the next look comes within so many usual intervals. */
const MOST_PATIENT = 4;

/**
 * Whether a chat can be relied on, as a pure function of what is known and the time. Nothing here waits, stores or calls.
 *
 *   ok ──a miss, or bad calls──▶ suspect ──3 misses, or 5 lately──▶ down ──a good look──▶ recovering ──▶ ok
 *   ok ◀──a good look, calls quiet── suspect ◀───────────a miss, or bad calls──────────────────────────┘
 *
 * A look is a canary: we change a message of our own and wait for the event that tells us of it, so it sees an API that
 * fails and events that stop. Real calls alone never mean `down`, and neither does what half a minute of trouble can bring about
 * (ADR 0033). A person's word does.
 *
 * From `suspect` a chat that fell goes back to `recovering`, not to `ok`: "ok" waits for good looks in a row, for calm,
 * for the end of every gap, and for so long since the fall that nobody is told "down" twice within ten minutes.
 */
export function decide(before: Standing, seen: Observation, now: number, timings: Timings): Decision {
  const watched = watch(before, seen, now, timings);
  const judged = judge(watched, seen, now, timings);
  const doubt = doubtIn(seen.calls, Math.max(judged.clearedAt, now - timings.callsMs), timings);
  const next = told(judged, seen) ?? (awayFor(before, now, timings) ? afterAway(judged) : nextOf(judged, doubt, seen, now, timings));

  const moved = next ? enter(judged, next.to, seen, now, timings) : judged;
  const { state, send, post } = look(explained(moved, doubt, seen, timings), seen, now);
  return {
    state,
    ...(next && next.to !== before.state ? { transition: { from: before.state, ...next } } : {}),
    ...(send ? { canary: 'send' as const } : {}),
    ...(post ? { post: 'send' as const } : {}),
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

type Next = Omit<Transition, 'from'>;

/** A person is believed at once. That it is back changes nothing for a chat that is relied on. */
function told({ state }: Standing, { said }: Observation): Next | null {
  if (!said) return null;
  const to = said.word === 'down' ? 'down' : state === 'down' || state === 'suspect' ? 'recovering' : null;
  return to && { to, why: `${said.by.name} said so`, saidBy: said.by };
}

const awayFor = ({ watchedAt }: Standing, now: number, { awayMs }: Timings): boolean => now - watchedAt > awayMs;

/** A look whose sender is gone says nothing about the chat, and neither do strikes from before a long absence. */
function watch(standing: Standing, { owner, second }: Observation, now: number, timings: Timings): Standing {
  const away = awayFor(standing, now, timings);
  const isMine = standing.owner === owner && !away;
  return {
    ...standing,
    owner,
    watchedAt: now,
    ...(isMine ? {} : { look: null, nextAt: Math.min(standing.nextAt, now) }),
    ...(away ? { strikes: 0, goods: 0, nextAt: now } : {}),
    ...(second ? { second: watchSecond(standing.second, isMine, away, now, timings) } : {}),
  };
}

function watchSecond(second: SecondLook | undefined, isMine: boolean, away: boolean, now: number, timings: Timings): SecondLook {
  if (!second || away) return firstSecondLook(now, timings);
  return isMine || !second.look ? second : { ...second, look: null };
}

/** What was not heard while nobody listened is read back, as after a doubt. A chat that is down stays so until a good look. */
function afterAway({ state }: Standing): Next | null {
  return state === 'ok' || state === 'recovering' ? { to: 'suspect', why: 'Muster itself was away' } : null;
}

function judge(watched: Standing, { echoes, heardAt, sent, second }: Observation, now: number, timings: Timings): Standing {
  const judged = watched.second && second ? judgeSecond(watched.second, second, now, timings) : watched.second;
  const standing = judged === watched.second || !judged ? watched : { ...watched, second: judged };
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
      ...(standing.answered ? { answered: 0 } : {}),
      goods: standing.goods + 1,
      nextAt: look.sentAt + (state === 'suspect' || missesLately(standing, now, timings) > 0 ? timings.againMs : timings.everyMs),
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
    ...(standing.saidBy && strikes >= timings.strikes ? { saidBy: null } : {}),
  };
}

/** Where no look is possible, calls that do not fail are all the proof there is. */
function trusting(standing: Standing, now: number, { everyMs, callsMs }: Timings): Standing {
  const goodAt = now - callsMs;
  return standing.state === 'ok' && goodAt - standing.goodAt >= everyMs ? { ...standing, goodAt } : standing;
}

function nextOf(standing: Standing, doubt: Doubt | null, seen: Observation, now: number, timings: Timings): Next | null {
  const { state, strikes } = standing;

  const missed = seen.cutOff
    ? 'Muster reaches nothing outside'
    : `${strikes} ${strikes === 1 ? 'look' : 'looks in a row'} did not come back`;
  const lost = standing.second?.strikes ?? 0;
  const posts = `${lost} ${lost === 1 ? 'message' : 'messages in a row'} of ours did not come back`;
  const proves = seen.echoes && standing.blind === null;
  switch (state) {
    case 'ok':
    case 'recovering':
      if (strikes > 0) return { to: 'suspect', why: missed };
      if (lost > 0) return { to: 'suspect', why: posts };
      if (doubt) return { to: 'suspect', why: doubt.say };
      return state === 'recovering' && isWell(standing, proves, seen, now, timings)
        ? { to: 'ok', why: 'It has been well long enough' }
        : null;
    case 'suspect':
      if (strikes >= timings.strikes) return { to: 'down', why: missed };
      if (lost >= timings.strikes) return { to: 'down', why: posts };
      if (missesLately(standing, now, timings) >= timings.misses)
        return { to: 'down', why: `${timings.misses} looks did not come back within ${inWords(timings.lateMs)}` };
      if (doubt || strikes > 0 || lost > 0 || (proves && standing.goods === 0)) return null;
      return { to: standing.fellAt === null ? 'ok' : 'recovering', why: proves ? 'A look came back' : 'Calls go well again' };
    case 'down':
      if (standing.wordUntil !== null && now < standing.wordUntil) return null;
      if (lost > 0 || (proves ? standing.goods < standing.needs : strikes > 0)) return null;
      return { to: 'recovering', why: proves ? 'A look came back' : 'It is worth a try again' };
  }
}

/** A chat that fails half the time answers the other half: its misses are seldom three in a row. */
const missesLately = ({ misses = [], clearedAt }: Standing, now: number, { lateMs }: Timings): number =>
  misses.filter((at) => at > Math.max(clearedAt, now - lateMs)).length;

function isWell(standing: Standing, proves: boolean, { unclosed }: Observation, now: number, timings: Timings): boolean {
  const calm = now - standing.since >= timings.calmMs && now - (standing.fellAt ?? 0) >= timings.betweenFallsMs;
  return calm && unclosed === 0 && (!proves || standing.goods >= timings.goods);
}

function enter(standing: Standing, to: SurfaceState, { said }: Observation, now: number, timings: Timings): Standing {
  const { fellAt, needs, goods, provenAt, strikes } = standing;
  // Somebody who says what is known already is not who it is known from.
  const saidBy = to === standing.state && !standing.saidBy ? null : (said?.by ?? null);
  const moved = { ...standing, state: to, since: to === standing.state ? standing.since : now, saidBy };
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
        wordUntil: said?.word === 'down' ? now + timings.wordMs : null,
      };
    case 'recovering':
      return {
        ...moved,
        ...proven,
        clearedAt: now,
        strikes: 0,
        ...(moved.second ? { second: { ...moved.second, strikes: 0 } } : {}),
        wordUntil: null,
      };
    case 'ok':
      return { ...moved, ...proven, fellAt: null, needs: 1 };
  }
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

/** What is known of the trouble besides that there is some. */
function explained(standing: Standing, doubt: Doubt | null, seen: Observation, timings: Timings): Standing {
  const isInTrouble = standing.state === 'suspect' || standing.state === 'down';
  const cutOff = isInTrouble && seen.cutOff && !standing.saidBy;
  const half = cutOff ? null : halfInTrouble(standing, doubt, seen, timings);
  return {
    ...standing,
    ...(half === (standing.half ?? null) ? {} : { half }),
    ...(cutOff === (standing.cutOff ?? false) ? {} : { cutOff }),
  };
}

function look(
  standing: Standing,
  { echoes, nonce, second: seen }: Observation,
  now: number,
): { state: Standing; send: boolean; post: boolean } {
  const send = echoes && !standing.look && now >= standing.nextAt;
  const looking = send ? { ...standing, look: { nonce, sentAt: now } } : standing;
  const { second, state } = standing;
  // While nothing works the first look tells when that is over.
  const post =
    seen !== null && !!second && !second.look && now >= second.nextAt && (second.strikes > 0 || state === 'ok' || state === 'recovering');
  return { state: post ? { ...looking, second: { ...second, look: { nonce: seen.nonce, sentAt: now } } } : looking, send, post };
}
