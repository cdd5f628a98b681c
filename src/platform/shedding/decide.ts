/** What a process measures of itself. */
export interface Strain {
  readonly loopDelayMs: number;
  readonly poolWaiting: number;
  /** How long the oldest event waits for its followers. Not the age of what was itself given up: that would feed itself. */
  readonly queueAgeMs: number;
}

export interface Shedding {
  /** So many classes of the table are given up, from its beginning. */
  readonly level: number;
  readonly changedAt: number;
  /** Since when it is too much without a break; null when it is not. */
  readonly hotSince: number | null;
  /** Since when it is calm without a break. */
  readonly calmSince: number | null;
}

export const NOTHING_SHED: Shedding = { level: 0, changedAt: -Infinity, hotSince: null, calmSince: null };

export const HOT: Strain = { loopDelayMs: 500, poolWaiting: 25, queueAgeMs: 30_000 };
export const CALM: Strain = { loopDelayMs: 100, poolWaiting: 2, queueAgeMs: 5_000 };
export const HOT_FOR_MS = 10_000;
export const CALM_FOR_MS = 30_000;
export const STILL_CALM_FOR_MS = 10_000;

/**
 * How much is to be given up now: one class more when any strain has been too high for ten seconds, one less when all
 * have been low for thirty, and the next after ten more in which the last one did no harm; between the two marks nothing
 * changes. Each change begins the wait anew.
 */
export function decide(state: Shedding, strain: Strain, now: number, most: number): Shedding {
  const isHot = exceeds(strain, HOT);
  const isCalm = !exceeds(strain, CALM);
  const hotSince = isHot ? (state.hotSince ?? now) : null;
  const calmSince = isCalm ? (state.calmSince ?? now) : null;
  const waited = (since: number | null, ms: number): boolean => since !== null && now - Math.max(since, state.changedAt) >= ms;
  if (waited(hotSince, HOT_FOR_MS) && state.level < most) return { level: state.level + 1, changedAt: now, hotSince, calmSince };
  const isStillCalm = calmSince !== null && calmSince < state.changedAt;
  if (waited(calmSince, isStillCalm ? STILL_CALM_FOR_MS : CALM_FOR_MS) && state.level > 0)
    return { level: state.level - 1, changedAt: now, hotSince, calmSince };
  return { ...state, hotSince, calmSince };
}

const exceeds = (strain: Strain, mark: Strain): boolean =>
  strain.loopDelayMs > mark.loopDelayMs || strain.poolWaiting > mark.poolWaiting || strain.queueAgeMs > mark.queueAgeMs;
