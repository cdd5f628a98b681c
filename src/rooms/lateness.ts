import { type Tx, rows } from '#src/platform/database/database';
import type { InboxItem } from '#src/platform/inbox/inbox.types';

/** Admitted this long after it was said, a message is late even without an outage that we noticed. */
const LATE_AFTER_MS = 120_000;

/**
 * Whether something arrived after its time, and where it then belongs among the others. Read back after an outage it is
 * placed at its own time, but never outside the gap it fell into: a platform's clock is not ours.
 */
export async function latenessOf(tx: Tx, item: InboxItem, mirrorId: string): Promise<{ displayAt: Date } | null> {
  if (item.gapId === null) {
    return item.admittedAt.getTime() - item.occurredAt.getTime() > LATE_AFTER_MS ? { displayAt: item.occurredAt } : null;
  }
  const [gap] = await rows<{ from_at: Date; to_at: Date | null }>(tx, 'select from_at, to_at from gap where id = $1 and mirror_id = $2', [item.gapId, mirrorId]);
  if (!gap) return { displayAt: item.occurredAt };
  return { displayAt: clamp(item.occurredAt, gap.from_at, gap.to_at ?? item.admittedAt) };
}

function clamp(at: Date, from: Date, to: Date): Date {
  if (at < from) return from;
  return at > to ? to : at;
}
