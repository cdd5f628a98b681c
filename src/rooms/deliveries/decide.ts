import type { Attempt, Fault } from '@musterhq/chat-port';

/**
 * What becomes of a delivery, as pure functions of what is known and the time. Nothing here waits, stores or calls.
 *
 *   pending ──claim──▶ sending ──done──▶ sent
 *                        │ refused for now ▶ pending (later)      refused for good ▶ refused
 *                        │ nobody knows ▶ unknown ──look: found ▶ sent
 *                        │                   │ look: absent, settle over ▶ pending
 *                        └ owner died ───────┘ cannot tell, settle over ▶ looked for on; in the end ▶ needs-a-person
 *                                              while the chat may be away ▶ rests: looked for now and then, uncounted
 *                        a digest, as a whole refused or deadly ▶ apart: each goes alone
 *                                            a person decided ▶ looked for once more; not found, or cannot tell ▶ pending
 *
 * An unknown attempt may still be applied after we gave up, so "absent" counts only once the settle time is over.
 * Simulated over the fault menu, an outbox that just retries said 34 % of the messages in faulty calls twice; looking
 * first, still 5.8 %; looking after the settle time, none (docs/decisions).
 */
export interface Timings {
  readonly callTimeoutMs: number;
  /** How long after the call's own end a platform may still apply it. */
  readonly settleMs: number;
  /** When to look for an unknown attempt, counted from its end; then once more when it has settled. */
  readonly lookAfterMs: readonly number[];
  /** How long to wait for each further look when it has settled and the looks themselves fail though the chat is there. */
  readonly lookOnAfterMs: readonly number[];
  /** To another look where they fail and the chat may be away. */
  readonly restMs: number;
  readonly retryAfterMs: readonly number[];
}

export const REAL_TIMINGS: Timings = {
  callTimeoutMs: 10_000,
  settleMs: 30_000,
  lookAfterMs: [0, 2_000, 5_000, 10_000, 20_000],
  lookOnAfterMs: [5_000, 10_000, 20_000, 30_000, 60_000],
  restMs: 20_000,
  retryAfterMs: [500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000],
};

/** The same decisions on shorter waits: practice and process tests say which pace they run at. */
export function paced(timings: Timings, pace: number): Timings {
  const shorter = (ms: number): number => Math.round(ms / pace);
  return {
    callTimeoutMs: Math.max(shorter(timings.callTimeoutMs), 1_000),
    settleMs: shorter(timings.settleMs),
    lookAfterMs: timings.lookAfterMs.map(shorter),
    lookOnAfterMs: timings.lookOnAfterMs.map(shorter),
    restMs: shorter(timings.restMs),
    retryAfterMs: timings.retryAfterMs.map(shorter),
  };
}

export interface Tried {
  readonly attempts: number;
  readonly looks: number;
  /** When the last attempt began. */
  readonly triedAt: number;
  /** When it can no longer be applied behind our back; null before the first unknown. */
  readonly settleAt: number | null;
  /** A person decided that it is said once more. Without that, nothing may be said twice. */
  readonly mayRepeat: boolean;
  /** Nothing has shown that the chat is there since then: looks that fail say nothing about what was said. */
  readonly mayBeAway: boolean;
}

export type Next =
  | { readonly to: 'sent' }
  | { readonly to: 'pending'; readonly at: number; readonly fault: Fault | null }
  /** `uncounted`: the look that led here was none. */
  | { readonly to: 'unknown'; readonly lookAt: number; readonly settleAt: number; readonly fault: Fault | null; readonly uncounted?: true }
  | { readonly to: 'refused'; readonly fault: Fault }
  | { readonly to: 'needs-a-person'; readonly fault: Fault | null }
  | { readonly to: 'apart'; readonly fault: Fault };

/** Saying the same again, later, can succeed. Everything else needs somebody or something to change first. */
const FOR_NOW: ReadonlySet<Fault['code']> = new Set(['rate-limited', 'unavailable', 'timeout', 'protocol', 'auth']);

/** Saying the same again would be refused again. */
export const isForGood = (attempt: Attempt<unknown>): attempt is Extract<Attempt<never>, { outcome: 'refused' }> =>
  attempt.outcome === 'refused' && !FOR_NOW.has(attempt.fault.code);

export function afterAttempt(tried: Tried, attempt: Attempt<unknown>, now: number, timings: Timings): Next {
  if (attempt.outcome === 'done') return { to: 'sent' };
  if (attempt.outcome === 'unknown') return becomeUnknown(tried, now, timings, attempt.fault);
  if (!FOR_NOW.has(attempt.fault.code)) return { to: 'refused', fault: attempt.fault };
  return again(tried.attempts, attempt.fault, now, timings);
}

/** Once more, after what the chat asks for or a wait that grows. */
export function again(attempts: number, fault: Fault | null, now: number, timings: Timings): Next {
  return { to: 'pending', at: now + (fault?.retryAfterMs ?? backoff(attempts, timings)), fault };
}

/** So often without an end, and it is the delivery's own fault: a person decides. */
export const UNENDED_BEFORE_ASIDE = 3;

/** What has been tried often enough without an end is not tried again. */
export function unlessPoisonous(next: Next, unended: number, fault: Fault | null): Next {
  if (next.to !== 'pending' || unended < UNENDED_BEFORE_ASIDE) return next;
  return { to: 'needs-a-person', fault: next.fault ?? fault ?? DIED };
}

/**
 * What is wrong with a digest may be wrong with one thing in it: where nothing of it is there, each is said by itself. Nobody
 * knowing whether it is there, or the chat taking nothing at all, is no reason.
 */
export function unlessOneIsAtFault(next: Next, decided: Next): Next {
  const isDeadly = next.to === 'needs-a-person' && decided.to === 'pending';
  const isUnwanted = next.to === 'refused' && next.fault.scope === 'message' && next.fault.code !== 'not-found';
  return isDeadly || isUnwanted ? { to: 'apart', fault: next.fault ?? DIED } : next;
}

const DIED: Fault = { code: 'protocol', scope: 'message', detail: 'The process ended while saying it.' };

/** Its owner died between saying and hearing: nobody knows, and looking is free. */
export function afterLostOwner(tried: Tried, now: number, timings: Timings): Next {
  return becomeUnknown(tried, now, timings, null);
}

/** `cannot-look`: this chat has no way to find it, now or later. */
export type Look = 'found' | 'absent' | 'cannot-tell' | 'cannot-look';

export function afterLook(tried: Tried, look: Look, now: number, timings: Timings): Next {
  if (look === 'found') return { to: 'sent' };
  const settleAt = tried.settleAt ?? now;
  if (now < settleAt) {
    const wait = timings.lookAfterMs[tried.looks + 1];
    const ended = settleAt - timings.settleMs;
    return { to: 'unknown', lookAt: wait === undefined ? settleAt : Math.min(ended + wait, settleAt), settleAt, fault: null };
  }
  if (look === 'absent' || tried.mayRepeat) return { to: 'pending', at: now, fault: null };
  // Asking a person would be asking too early: the chat only has to come back.
  if (look === 'cannot-tell' && tried.mayBeAway)
    return { to: 'unknown', lookAt: now + timings.restMs, settleAt, fault: null, uncounted: true };
  const lookedOn = Math.max(0, tried.looks - timings.lookAfterMs.length);
  const wait = look === 'cannot-tell' ? timings.lookOnAfterMs[lookedOn] : undefined;
  if (wait !== undefined) return { to: 'unknown', lookAt: now + wait, settleAt, fault: null };
  return { to: 'needs-a-person', fault: null };
}

function becomeUnknown(tried: Tried, now: number, timings: Timings, fault: Fault | null): Next {
  const ended = Math.max(now, tried.triedAt + timings.callTimeoutMs);
  const settleAt = ended + timings.settleMs;
  return { to: 'unknown', lookAt: Math.min(now + (timings.lookAfterMs[0] ?? 0), settleAt), settleAt, fault };
}

function backoff(attempts: number, { retryAfterMs }: Timings): number {
  return retryAfterMs[Math.min(Math.max(attempts - 1, 0), retryAfterMs.length - 1)] ?? 1_000;
}
