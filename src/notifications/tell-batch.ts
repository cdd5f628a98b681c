import type { Claimed } from './notice-rows.ts';
import type { OpenWay, Outcome } from './open-way.types.ts';

/** What came of telling a few. */
export interface Batch {
  readonly told: number;
  readonly refused: number;
  readonly later: number;
  /** The way itself does not work at the moment. */
  readonly trouble: Outcome | null;
  readonly lastRefused: Outcome | null;
  /** So many side by side, and no more, are taken. */
  readonly lines: number;
}

/**
 * Tells each of them, some side by side. Once the way itself is in trouble, what nobody has begun with is settled as untried (`null`).
 * Of those side by side, one that is one too many for the other side leaves its notice to the others, and they go on.
 */
export async function tellBatch(
  way: OpenWay,
  notices: readonly Claimed[],
  most: number,
  stop: AbortSignal,
  settle: (notice: Claimed, end: Outcome | null) => Promise<void>,
): Promise<Batch> {
  const left = [...notices];
  const counts = { told: 0, refused: 0, later: 0 };
  let trouble: Outcome | null = null;
  let lastRefused: Outcome | null = null;
  let open = most;
  let lines = most;
  const line = async (): Promise<void> => {
    for (let notice = left.shift(); notice; notice = left.shift()) {
      const outcome = trouble || stop.aborted ? null : await way.tell(notice, stop);
      if (!outcome || (outcome.to === 'later' && stop.aborted)) {
        await settle(notice, null);
        continue;
      }
      if (outcome.to === 'later' && outcome.of === 'line' && open > 1) {
        left.push(notice);
        lines--;
        break;
      }
      counts[outcome.to]++;
      if (outcome.to === 'later' && outcome.of !== 'one') trouble = outcome;
      if (outcome.to === 'refused') lastRefused = outcome;
      await settle(notice, outcome);
    }
    open--;
  };
  await Promise.all(Array.from({ length: most }, line));
  return { ...counts, trouble, lastRefused, lines };
}
