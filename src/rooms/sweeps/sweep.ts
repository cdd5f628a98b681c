import type { MessageRef } from '@musterhq/chat-port';
import type { Unswept } from './sweep.types.ts';

/**
 * Whether a chat has what it said it has, as a pure function of what its history shows. Nothing here waits, stores or calls.
 *
 *   said ──2 min──▶ first look ──15 min──▶ second look ──▶ over
 *                     │ there twice ▶ the later are taken away, and it is looked for once more
 *                     │ not there, and never was ▶ lost: said again; where a person has to decide first, looked for ever more rarely
 *                     └ not there, and was ▶ over: somebody took it away (docs/decisions/0020)
 */
export interface SweepTimings {
  /** From being said to the second look. */
  readonly secondMs: number;
  /** Second looks are gathered: one reading of a busy room serves those of so long. */
  readonly gatherMs: number;
  /** To another look, after something was taken away. */
  readonly onceMoreMs: number;
  /** To another try, when the room could not be read. */
  readonly retryMs: number;
  /** To another look at what is lost while a person has not decided: as long as it has been lost, at most so long. */
  readonly leftMs: number;
  /** To another try at the same page. */
  readonly pageAgainMs: number;
  readonly callTimeoutMs: number;
}

export const SWEEP_TIMINGS: SweepTimings = {
  secondMs: 15 * 60_000,
  gatherMs: 5 * 60_000,
  onceMoreMs: 2 * 60_000,
  retryMs: 30_000,
  leftMs: 6 * 3_600_000,
  pageAgainMs: 2_000,
  callTimeoutMs: 10_000,
};

/** Where one of ours stands, what was said first in front. `gone`: its room or thread is not there any more. `shut-out`: we are not in its room.
 * `unread`: ask again later. */
export type Whereabouts = readonly MessageRef[] | 'gone' | 'shut-out' | 'unread';

/** `lost`: the chat said that it had it, or nobody knew, and it was never there. */
export type Found =
  { readonly to: 'over' | 'lost' } | { readonly to: 'look-again'; readonly at: number; readonly looks: number; readonly found: boolean };

/** What became of what stood there besides. `stays`: it cannot be taken away in this chat. */
export type Besides = 'nothing' | 'taken-away' | 'to-be-tried-again' | 'stays';

export function afterSweep(
  { looks, seen, saidAt, isDoubtful, isLeft }: Unswept,
  where: Whereabouts,
  besides: Besides,
  now: number,
  timings: SweepTimings,
): Found {
  if (where === 'gone' || where === 'shut-out') return { to: 'over' };
  if (where === 'unread') return { to: 'look-again', at: now + timings.retryMs, looks, found: false };
  if (where.length === 0 && isLeft && !isDoubtful && !seen) {
    const wait = Math.min(Math.max(now - saidAt.getTime(), timings.retryMs), timings.leftMs);
    return { to: 'look-again', at: now + wait, looks, found: false };
  }
  if (where.length === 0) return { to: seen ? 'over' : 'lost' };
  if (besides === 'taken-away') return { to: 'look-again', at: now + timings.onceMoreMs, looks, found: true };
  if (besides === 'to-be-tried-again') return { to: 'look-again', at: now + timings.retryMs, looks, found: true };
  if (looks > 0 || besides === 'stays') return { to: 'over' };
  return { to: 'look-again', at: gathered(saidAt.getTime() + timings.secondMs, timings.gatherMs), looks: looks + 1, found: true };
}

const gathered = (at: number, everyMs: number): number => Math.ceil(at / everyMs) * everyMs;

/** The same on shorter waits: practice and process tests say which pace they run at. */
export function pacedSweep(timings: SweepTimings, pace: number): SweepTimings {
  const shorter = (ms: number): number => Math.max(1, Math.round(ms / pace));
  return {
    secondMs: shorter(timings.secondMs),
    gatherMs: shorter(timings.gatherMs),
    onceMoreMs: shorter(timings.onceMoreMs),
    retryMs: shorter(timings.retryMs),
    leftMs: shorter(timings.leftMs),
    pageAgainMs: shorter(timings.pageAgainMs),
    callTimeoutMs: Math.max(shorter(timings.callTimeoutMs), 1_000),
  };
}
