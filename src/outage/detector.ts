import { type Doubt, doubtIn } from './call-outcomes.ts';
import { explained } from './explained.ts';
import { judge, missesLately } from './judged.ts';
import type { Decision, Observation, Overheard, SecondLook, Standing, SurfaceState, Transition } from './outage.types.ts';
import { firstSecondLook } from './second-look.ts';
import { type Timings, inWords } from './timings.types.ts';

/**
 * Whether a chat can be relied on, as a pure function of what is known and the time. Nothing here waits, stores or calls.
 *
 *   ok ──a miss, or bad calls──▶ suspect ──3 misses, or 5 lately──▶ down ──a good look──▶ recovering ──▶ ok
 *   ok ◀──a good look, calls quiet── suspect ◀───────────a miss, or bad calls──────────────────────────┘
 *
 * A look is a canary: we change a message of our own and wait for the event that tells us of it, so it sees an API that
 * fails and events that stop. Where a chat tells us nothing of our own posts, it sees less (`look-proof.ts`). Real calls alone never mean `down`, and neither does what half a minute of trouble can bring about
 * (ADR 0033). A person's word does. What is missed while Muster reaches nothing outside makes posts wait as ever, and speaks against
 * no chat: nobody is told that this one is down before it was missed over a line that works (ADR 0041).
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
  const isNews = next && (next.to !== before.state || (before.untold === true && state.untold === false));
  if (!isNews && !send && !post) return { state };
  return {
    state,
    ...(isNews ? { transition: { from: before.state, ...next } } : {}),
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
function watch(before: Standing, seen: Observation, now: number, timings: Timings): Standing {
  const away = awayFor(before, now, timings);
  const isMine = before.owner === seen.owner && !away;
  const standing = before.cutOff && !seen.cutOff ? { ...before, ...overOwnLine(before, seen, now) } : before;
  const looking = isMine ? standing : { ...standing, look: null, nextAt: Math.min(standing.nextAt, now) };
  const here = away ? { ...looking, strikes: 0, goods: 0, nextAt: now } : looking;
  const watched = { ...here, owner: seen.owner, watchedAt: now };
  const second = seen.second ? watchSecond(here.second, isMine, away, now, timings) : here.second;
  return second && second !== here.second ? { ...watched, second } : watched;
}

/** Our own line works again: what was missed without it is forgotten, and so is a look that was sent then, unless it came back. */
function overOwnLine({ second }: Standing, { heardAt }: Observation, now: number): Partial<Standing> {
  return {
    strikes: 0,
    misses: [],
    ...(second ? { second: { ...second, look: null, strikes: 0 } } : {}),
    ...(heardAt === null ? { look: null, nextAt: now } : {}),
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

const CUT_OFF = 'Muster reaches nothing outside';

function nextOf(standing: Standing, doubt: Doubt | null, seen: Observation, now: number, timings: Timings): Next | null {
  const { state, strikes } = standing;

  const missed = seen.cutOff ? CUT_OFF : `${strikes} ${strikes === 1 ? 'look' : 'looks in a row'} did not come back`;
  const lost = standing.second?.strikes ?? 0;
  const posts = seen.cutOff ? CUT_OFF : `${lost} ${lost === 1 ? 'message' : 'messages in a row'} of ours did not come back`;
  const lately = seen.cutOff ? CUT_OFF : `${timings.misses} looks did not come back within ${inWords(timings.lateMs)}`;
  const proves = seen.looks && standing.blind === null;
  switch (state) {
    case 'ok':
    case 'recovering':
      if (strikes > 0) return { to: 'suspect', why: missed };
      if (lost > 0) return { to: 'suspect', why: posts };
      if (doubt) return { to: 'suspect', why: doubt.say };
      if (seen.unheard && now - standing.since >= timings.callsMs) return { to: 'suspect', why: overheard(seen.unheard) };
      return state === 'recovering' && isWell(standing, proves, seen, now, timings)
        ? { to: 'ok', why: 'It has been well long enough' }
        : null;
    case 'suspect':
      if (strikes >= timings.strikes) return { to: 'down', why: missed };
      if (lost >= timings.strikes) return { to: 'down', why: posts };
      if (missesLately(standing, now, timings) >= timings.misses) return { to: 'down', why: lately };
      if (doubt || strikes > 0 || lost > 0 || (proves && standing.goods === 0)) return null;
      return { to: standing.fellAt === null ? 'ok' : 'recovering', why: proves ? 'A look came back' : 'Calls go well again' };
    case 'down':
      if (standing.untold && !seen.cutOff && strikes >= timings.strikes) return { to: 'down', why: missed };
      if (standing.wordUntil !== null && now < standing.wordUntil) return null;
      if (lost > 0 || (proves ? standing.goods < standing.needs : strikes > 0)) return null;
      return { to: 'recovering', why: proves ? 'A look came back' : 'It is worth a try again' };
  }
}

/** Never more than a doubt: what was said is read after it, and whatever is written here still goes there. Once a minute at most (ADR 0055). */
const overheard = ({ count }: Overheard): string =>
  count === 1
    ? 'Something was said there that it did not tell Muster'
    : `${count} messages were written there that it did not tell Muster of`;

function isWell(standing: Standing, proves: boolean, { unclosed }: Observation, now: number, timings: Timings): boolean {
  const calm = now - standing.since >= timings.calmMs && now - (standing.fellAt ?? 0) >= timings.betweenFallsMs;
  return calm && unclosed === 0 && (!proves || standing.goods >= timings.goods);
}

function enter(standing: Standing, to: SurfaceState, { said, cutOff, unheard }: Observation, now: number, timings: Timings): Standing {
  const { fellAt, needs, goods, provenAt, strikes } = standing;
  // Somebody who says what is known already is not who it is known from.
  const saidBy = to === standing.state && !standing.saidBy ? null : (said?.by ?? null);
  const moved = { ...standing, state: to, since: to === standing.state ? standing.since : now, saidBy };
  const proven = { goodAt: goods > 0 && provenAt !== null ? provenAt : standing.goodAt };
  switch (to) {
    case 'suspect':
      // Calls that fail are reason to look at once; a miss has set the time of the next look already.
      return {
        ...moved,
        ...(unheard ? { goodAt: Math.min(moved.goodAt, unheard.from) } : {}),
        goods: 0,
        nextAt: strikes > 0 ? moved.nextAt : now,
      };
    case 'down':
      return {
        ...moved,
        goods: 0,
        fellAt: fellAt ?? now,
        needs: fellAt === null || to === standing.state ? needs : Math.min(needs + 1, timings.goods),
        wordUntil: said?.word === 'down' ? now + timings.wordMs : null,
        ...(cutOff && !said ? { untold: true } : standing.untold ? { untold: false } : {}),
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

function look(
  standing: Standing,
  { looks, nonce, second: seen }: Observation,
  now: number,
): { state: Standing; send: boolean; post: boolean } {
  const send = looks && !standing.look && now >= standing.nextAt;
  const looking = send ? { ...standing, look: { nonce, sentAt: now } } : standing;
  const { second, state } = standing;
  // While nothing works the first look tells when that is over.
  const post =
    seen !== null && !!second && !second.look && now >= second.nextAt && (second.strikes > 0 || state === 'ok' || state === 'recovering');
  return { state: post ? { ...looking, second: { ...second, look: { nonce: seen.nonce, sentAt: now } } } : looking, send, post };
}
